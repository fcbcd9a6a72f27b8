"""Speaker labels: which words are known to be one, and who of them asks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

__all__ = ["NO_SPEAKERS", "WORDS", "is_known", "is_name", "label_key", "roles_of", "same_person"]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ASKS = _words(
    "i int ir intv mod interviewer interviewerin interviewende interviewleiter interviewleiterin moderator "
    "moderatorin moderateur moderatore researcher facilitator q question frage entrevistador "
    "entrevistadora intervjuer interjúkészítő kérdező ispitivač ispitivačica intervieweur "
    "intervieweuse enquêteur enquêtrice intervistatore intervistatrice onderzoeker"
)
_ANSWERS = _words(
    "r ie tn resp respondent respondentin interviewee participant person speaker sprecher sprecherin "
    "answer antwort ip befragte befragter befragte/r teilnehmer teilnehmerin patient patientin "
    "proband probandin entrevistado entrevistada participante informant deltaker geïnterviewde "
    "deelnemer interjúalany válaszadó ispitanik ispitanica sugovornik sugovornica interviewé "
    "interviewée enquêté enquêtée participante intervistato intervistata partecipante carer "
    "caregiver expert experte expertin"
)
# letters that are a speaker only beside somebody who asks, or with a number: P1, B2
_LETTERS = _words("a b e f k m o p s t v")
# question and answer by their letters, where the language says which is which
_PAIRS = {
    "de": ("f", "a"),
    "es": ("p", "r"),
    "hr": ("p", "o"),
    "hu": ("k", "v"),
    "it": ("d", "r"),
    "nl": ("v", "a"),
}
_LINKS = _words("van von de der den del di da du la le ten ter te of av af")
_NUMBER = re.compile(r"[ _-]?\d+$")
_ROMAN = frozenset(("ii", "iii", "iv", "vi", "vii", "viii"))

#: label words of more than a letter, which may also head a line of the interview's particulars
WORDS = frozenset(word for word in _ASKS | _ANSWERS if len(word) > 3)

#: what stands before a colon or in brackets at the start of many lines and speaks not
NO_SPEAKERS = _words(
    "note notes example examples contact email e-mail phone tel telephone fax mobile web website "
    "http https source sources figure table box date time place location duration title subject "
    "from to cc re summary background aim aims objective objectives method methods results "
    "conclusion conclusions action actions decision decisions chapter section appendix annex "
    "page keywords abstract author authors version status file topic theme agenda present "
    "apologies attendees ps nb warning tip important definition question answer day week step "
    "phase part laughs laughter laughing pause pauses long silence inaudible unclear crosstalk "
    "name names redacted music applause noise sigh sighs crying cries coughs phone interruption "
    "interrupts end start recording lacht lachen pause unverständlich anmerkung datum ort zeit "
    "dauer beispiel quelle abbildung tabelle thema seufzt hustet voorbeeld plaats tijd duur "
    "onderwerp fecha lugar hora nota notas risas silencio dato sted tid eksempel dátum hely "
    "megjegyzés nevet napomena datum mjesto smijeh lieu heure durée remarque exemple rires data "
    "luogo ora durata esempio ride"
) - {"question", "answer"}


def label_key(label: str) -> str:
    """Return what two writings of one label have in common.

    Parameters
    ----------
    label : str
        As written.

    Returns
    -------
    str

    Examples
    --------
    >>> label_key("INT."), label_key("Speaker  1")
    ('int', 'speaker 1')
    """
    return " ".join(label.casefold().split()).strip("*_. ")


def is_known(key: str, beside: Collection[str]) -> bool:
    """Tell whether a label is one that is used for speakers, so that once is enough.

    Parameters
    ----------
    key : str
        A label's key.
    beside : collection of str
        The keys of all labels of the text.

    Returns
    -------
    bool

    Examples
    --------
    >>> is_known("r", ["r"]), is_known("p1", ["p1"]), is_known("b", ["b"]), is_known("b", ["i", "b"])
    (True, True, False, True)
    """
    word = _NUMBER.sub("", key)
    if word in {"i", "v", "x"} and _ROMAN & set(beside):
        return False
    if word in _ASKS or word in _ANSWERS:
        return True
    if word not in _LETTERS:
        return False
    return word != key or any(other in _ASKS for other in beside)


def is_name(label: str) -> bool:
    """Tell whether a label is shaped like a name: one to three words, capitalised or short.

    Parameters
    ----------
    label : str
        As written.

    Returns
    -------
    bool

    Examples
    --------
    >>> is_name("Jan de Vries"), is_name("he said")
    (True, False)
    """
    words = [
        word for word in label.split(" (", maxsplit=1)[0].split() if word.casefold() not in _LINKS
    ]
    if not 1 <= len(words) <= 3 or label_key(words[0]) in NO_SPEAKERS:
        return False
    return len(label) <= 3 or all(not word[0].islower() for word in words)


def same_person(key: str, person: str) -> bool:
    """Tell whether a label names a person: the name, a part of it, or its initials.

    Parameters
    ----------
    key : str
        A label's key.
    person : str
        Name or initials; several are separated by `;`, `,` or `&`.

    Returns
    -------
    bool

    Examples
    --------
    >>> same_person("as", "Anna Smith"), same_person("r", "Anna Smith")
    (True, False)
    """
    for one in re.split("[;,&]", person):
        parts = label_key(one).split()
        if parts and key in {" ".join(parts), *parts, "".join(part[0] for part in parts)}:
            return True
    return False


def roles_of(keys: Collection[str], *, interviewer: str = "", language: str = "") -> dict[str, str]:
    """Say of every label whether its speaker asks or answers.

    Parameters
    ----------
    keys : collection of str
        The keys of all labels of the text.
    interviewer : str
        Name or initials of who asked, where known.
    language : str
        Of the text, such as ``de``.

    Returns
    -------
    dict of str to str
        ``interviewer`` or ``interviewee`` by key; ``""`` for all where nobody is known to ask.

    Examples
    --------
    >>> roles_of(["i", "b"])
    {'i': 'interviewer', 'b': 'interviewee'}
    >>> roles_of(["Anna", "Ben"])
    {'Anna': '', 'Ben': ''}
    """
    asking = {key for key in keys if _NUMBER.sub("", key) in _ASKS or same_person(key, interviewer)}
    answering = {key for key in keys if _NUMBER.sub("", key) in _ANSWERS}
    if "i" in asking and len(asking) > 1 and not answering and not same_person("i", interviewer):
        asking.discard("i")  # beside `Interviewer:` the letter stands for the interviewee
    if not asking:
        pair = _PAIRS.get(language.casefold()[:2], ("f", "a") if not language else None)
        if pair and set(pair) <= set(keys):
            asking = {pair[0]}
    if not asking:
        return dict.fromkeys(keys, "")
    return {key: "interviewer" if key in asking else "interviewee" for key in keys}
