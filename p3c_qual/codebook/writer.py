"""A codebook written as canonical YAML."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from p3c_qual.codebook.reader import FORMAT

if TYPE_CHECKING:
    import yaml

    from p3c_qual.codebook.code import Anchor, Code, ScaleLevel
    from p3c_qual.codebook.model import Codebook, Vocabulary

__all__ = ["write_codebook"]

#: columns; beyond `_LONG` a text stands in a block of its own
_WIDTH, _LONG = 90, 60


def write_codebook(codebook: Codebook) -> str:
    """Write a codebook as YAML: always the same text for the same codebook.

    Fields stand in a fixed order, those with their default value are left out, codes are nested
    below their parents. Reading the text gives an equal codebook.

    Parameters
    ----------
    codebook : Codebook
        What is written.

    Returns
    -------
    str
        Ends with a line break.

    Examples
    --------
    >>> from p3c_qual.codebook import Code, Codebook
    >>> codes = (Code("a", "A"), Code("a.b", "B", parent="a", level="micro"))
    >>> print(write_codebook(Codebook("mini", "Mini", codes=codes)), end="")
    format: 1
    key: mini
    label: Mini
    version: '1'
    language: en
    status: draft
    codes:
      - id: a
        label: A
        codes:
          - id: b
            label: B
            level: micro
    """
    import yaml

    class Dumper(yaml.SafeDumper):
        """Lists indented below their name, as people write them."""

        def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002
            super().increase_indent(flow, indentless=False)

    Dumper.add_representer(str, _text_node)
    Dumper.ignore_aliases = lambda _self, _data: True  # type: ignore[method-assign,assignment]
    text: str = yaml.dump(
        _book_form(codebook), Dumper=Dumper, allow_unicode=True, sort_keys=False, width=_WIDTH
    )
    return text


def _text_node(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    """Choose a block for long text where a block keeps every character, else quotes."""
    lines = text.split("\n")
    # a block would lose spaces at its edges; outside quotes, invisible characters may be read
    # as line breaks
    seen = all(letter in " \n\u00a0\u202f" or letter.isprintable() for letter in text)
    tidy = all(line == line.strip() for line in lines) and bool(lines[0]) and bool(lines[-1])
    style = None if seen else '"'
    if seen and len(lines) > 1:
        style = "|" if tidy else '"'
    elif seen and len(text) > _LONG:
        style = ">" if tidy and "  " not in text else '"'
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _kept(**fields: Any) -> dict[str, Any]:
    """Leave out what holds nothing."""
    return {
        name.rstrip("_"): value
        for name, value in fields.items()
        if value is not None and value not in ("", [], False)
    }


def _book_form(codebook: Codebook) -> dict[str, Any]:
    children: dict[str | None, list[Code]] = {}
    keys = {code.key for code in codebook.codes}
    nested = {code.key for top in codebook.children() for code in codebook.below(top.key)}
    for code in codebook.codes:
        # what hangs in the air or in a circle is written at the top and names its parent
        at_home = code.key in nested and code.parent in keys
        children.setdefault(code.parent if at_home else None, []).append(code)
    form: dict[str, Any] = {"format": FORMAT, "key": codebook.key, "label": codebook.label}
    form |= {"version": codebook.version, "language": codebook.language, "status": codebook.status}
    form |= _kept(
        description=codebook.description,
        source=codebook.source,
        criterion=codebook.criterion,
        abstraction=codebook.abstraction,
        vocabulary=[_vocabulary_form(vocabulary) for vocabulary in codebook.vocabulary],
    )
    form["codes"] = [_code_form(code, None, children) for code in children.get(None, [])]
    return form


def _code_form(
    code: Code, parent: str | None, children: dict[str | None, list[Code]]
) -> dict[str, Any]:
    form: dict[str, Any] = {"id": code.key}
    if parent is not None:
        short = code.key.removeprefix(f"{parent}.")
        # a moved code keeps its key, and a short id that begins like the parent reads as whole
        whole = short == code.key or short.startswith(f"{parent}.")
        form = {"key": code.key} if whole else {"id": short}
    below = children.get(code.key, [])
    form |= {"label": code.label}
    form |= _kept(
        parent=code.parent if parent is None else None,
        level=code.level,
        status=code.status if code.status != "active" else "",
        merged_into=code.merged_into,
        kind=code.kind if code.kind != "nominal" else "",
    )
    form |= {} if code.in_framework else {"in_framework": False}
    return form | _kept(
        definition=code.definition,
        rule=code.rule,
        anchors=[_anchor_form(anchor) for anchor in code.anchors],
        levels=[_level_form(level) for level in code.levels],
        not_ratable=_level_form(code.not_ratable) if code.not_ratable else None,
        crosswalk=list(code.crosswalk),
        source=code.source,
        codes=[_code_form(child, code.key, children) for child in below],
    )


def _anchor_form(anchor: Anchor) -> dict[str, Any]:
    span = {} if anchor.start is None else {"start": anchor.start, "end": anchor.end}
    form = {"quote": anchor.quote} | _kept(source=anchor.source) | span
    return form | _kept(prototype=anchor.prototype, invented=anchor.invented)


def _level_form(level: ScaleLevel) -> dict[str, Any]:
    form = {} if level.value is None else {"value": level.value}
    return (
        form
        | {"label": level.label}
        | _kept(
            definition=level.definition,
            rule=level.rule,
            anchors=[_anchor_form(anchor) for anchor in level.anchors],
        )
    )


def _vocabulary_form(vocabulary: Vocabulary) -> dict[str, Any]:
    terms = [
        {"id": term.key, "label": term.label} | _kept(definition=term.definition)
        for term in vocabulary.terms
    ]
    form = {"id": vocabulary.key, "label": vocabulary.label}
    return form | _kept(definition=vocabulary.definition, ordered=vocabulary.ordered, terms=terms)
