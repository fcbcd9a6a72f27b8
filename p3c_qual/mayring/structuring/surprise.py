"""Abduction: what surprised somebody in the material, with the words that did."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from p3c_qual.store import payloads
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    import pandas as pd

    from p3c_qual.study import Study

__all__ = ["COLUMNS", "KIND", "table_surprises"]

#: the kind of memo that a surprise is
KIND = "surprise"
COLUMNS = (
    *("id", "source", "programme", "interviewee", "start", "end"),
    *("quote", "context", "before", "code", "coder", "memo"),
)


def table_surprises(study: Study) -> pd.DataFrame:
    """List the memos of kind ``surprise``, with the passage each is about and what stands around.

    Parameters
    ----------
    study : Study

    Returns
    -------
    DataFrame
        ``id`` (of the memo), ``source``, ``programme``, ``interviewee`` (keys; of a memo that is
        about no passage as far as it says), ``start``, ``end`` (Int64, code points), ``quote``,
        ``context`` (the turns the passage stands in), ``before`` (the interviewer's turn before),
        ``code`` (key, where the memo is on a coding), ``coder`` (who was surprised) and ``memo``;
        in the order of the texts.

    Notes
    -----
    Abduction begins with evidence that surprises (Timmermans and Tavory 2012).

    Examples
    --------
    >>> import tempfile
    >>> import p3c_qual as p3c
    >>> study = p3c.new_study(f"{tempfile.mkdtemp()}/mine", title="Mine", coder="anna")
    >>> _ = study.memo("study", "Nobody speaks of money.", kind="surprise")
    >>> table_surprises(study)["memo"].tolist()
    ['Nobody speaks of money.']
    """
    import pandas as pd

    from p3c_qual.analysis.context import turns_around
    from p3c_qual.analysis.known import known_sources
    from p3c_qual.analysis.people import speakers
    from p3c_qual.analysis.segments import known_coders, known_codes

    memo, coding = ROWS["memo"], ROWS["coding"]
    with study.store.read() as connection:
        sources = known_sources(study, connection)
        codes, coders = known_codes(study, connection), known_coders(study, connection)
        wanted = select(memo).where(memo.c.kind == KIND).order_by(memo.c.id)
        memos = list(connection.execute(wanted).mappings())
        spans: dict[str, Any] = {}
        on = [row["target"] for row in memos if row["about"] == "coding"]
        columns = (coding.c.id, coding.c.source, coding.c.start, coding.c.end, coding.c.code)
        for run in payloads.chunks(on, 500):
            for name, *place in connection.execute(select(*columns).where(coding.c.id.in_(run))):
                spans[name] = place
        people = {person.id: person.key for source in sources.values() for person in source.people}
        rows = []
        for row in memos:
            source, start, end, code = spans.get(row["target"], (None, None, None, None))
            if row["about"] in {"span", "source"}:
                source, start, end = row["target"], row["start"], row["end"]
            rows.append((row, sources.get(source or ""), start, end, code))
        placed = [(known, start, end) for _, known, start, end, _ in rows if known and end]
        who = speakers(study, connection)
        who.prepare(connection, [known.id for known, _, _ in placed])
        around = dict(
            zip(
                placed_keys := [(known.key, start, end) for known, start, end in placed],
                turns_around(study, connection, placed_keys),
                strict=True,
            )
        )
        bodies = payloads.get_many(connection, [k.hash for k, _, _ in placed if k.hash])
        made = []
        for row, known, start, end, code in rows:
            here = known is not None and bool(end)
            body = bodies.get(known.hash or "") if known and here else None
            person = who.of(known.id, start) if known and here else None
            turn, before = around[known.key, start, end] if known and here else ("", "")
            made.append(
                {
                    "id": row["id"],
                    "source": known.key if known else "",
                    "programme": known.programme if known else "",
                    "interviewee": person.key if person else people.get(row["target"], ""),
                    "start": start if here else None,
                    "end": end if here else None,
                    "quote": body[start:end] if isinstance(body, str) else "",
                    "context": turn,
                    "before": before,
                    "code": codes.name(code) if code in codes.by_id else "",
                    "coder": coders.get(row["coder"], ""),
                    "memo": row["text"] or "",
                }
            )
    made.sort(key=lambda row: (not row["source"], row["source"], row["start"] or 0, row["id"]))
    frame = pd.DataFrame(made, columns=list(COLUMNS))
    return frame.astype({"start": "Int64", "end": "Int64"})
