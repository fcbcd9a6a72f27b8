"""Naming the encoding of a text that is not Unicode."""

from __future__ import annotations

import codecs
import re

__all__ = ["likely_encoding"]

_SAMPLE = 65_536

# Letters beyond ASCII, one language a word. A sample read with the right encoding keeps to one of
# them; read with another it shows letters that no language has together.
_WRITTEN = (
    "äöüß àâæçéèêëîïôœùûüÿ áéíóúüñªº áàâãçéêíóôúü àèéìíîòóùúº áéëïóöüèêíúä åäöæøéóòôèêü "
    "áæðéíóöúýþ áéíóöőúüű čćđšž ąćęłńóśźż áčďéěíňóřšťúůýžäľĺôŕ ăâîșțşţ çğıöşüâîi̇ àçèéíïòóúü "
    "äöõüšžå"
)
_ALPHABETS = tuple(map(frozenset, _WRITTEN.split()))
_SIGNS = frozenset("“”‘’„‚«»‹›–—…•·´°§€£©®™±²³½¼¿¡\xa0\xad")
# a capital accent or a sign inside a word, three accents in a row: seen often, the bytes were
# meant otherwise
_ODD = re.compile(
    r"(?<=[a-zß-öø-ÿ])[À-ÖØ-ÞŠŒŽŸ](?=[a-zß-öø-ÿ])"
    r"|(?<=[^\W\d_])[^\w\s!-~’‘´·\xad–—…/](?=[^\W\d_])"
    r"|[^\W\d_a-zA-Z]{3,}"
)
_CANDIDATES = ("mac-roman", "cp1250", "iso8859-2", "cp850", "cp852")


def likely_encoding(data: bytes, first: int) -> str:
    """Name the encoding that reads the bytes best.

    Windows-1252 is taken where the letters it gives are those of one language, else an encoding
    of central Europe, of MS-DOS or of the old Macintosh for which that is so, else Windows-1252
    where nothing looks odd, else what charset-normalizer finds likeliest.

    Parameters
    ----------
    data : bytes
        A text that is not valid UTF-8.
    first : int
        Where the first byte beyond ASCII lies, so that the sample is taken around it.

    Returns
    -------
    str

    Examples
    --------
    >>> likely_encoding("Nagyon jól, őszintén szólva".encode("cp1250"), 8)
    'windows-1250'
    """
    begin = max(0, first - _SAMPLE // 8)
    sample = data[begin : begin + _SAMPLE]
    western = _decoded(sample, "cp1252") if _decodes(data, "cp1252") else None
    if western is not None and _of_one_language(western) and not _is_odd(western):
        return "windows-1252"
    for encoding in _CANDIDATES:
        text = _decoded(sample, encoding)
        if text is not None and _of_one_language(text) and not _is_odd(text):
            return _plain_name(encoding)
    if western is not None and not _is_odd(western):
        return "windows-1252"
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    if best is None or best.encoding in {"ascii", "utf_8"}:
        return "windows-1252"
    return _plain_name(best.encoding)


def _decodes(data: bytes, encoding: str) -> bool:
    return _decoded(data, encoding) is not None


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _high(text: str) -> str:
    return re.sub("[\x00-\x7f]+", "", text)


def _of_one_language(text: str) -> bool:
    letters = [c for c in _high(text).lower() if c not in _SIGNS]
    return any(
        sum(c not in alphabet for c in letters) * 33 <= len(letters) for alphabet in _ALPHABETS
    )


def _is_odd(text: str) -> bool:
    return sum(map(len, _ODD.findall(text))) * 8 > len(_high(text))


def _plain_name(encoding: str) -> str:
    name = codecs.lookup(encoding).name
    return name.replace("cp125", "windows-125") if name.startswith("cp125") else name
