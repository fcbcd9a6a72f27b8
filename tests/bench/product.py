"""The library's calls that are timed, all of them in this file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

#: whose codings the commands of the benchmark write
ACTOR = "ada"


def new(path: Path) -> Any:
    """Make an empty study."""
    import p3c_qual as p3c

    return p3c.new_study(path, title="Benchmark")


def open(path: Path) -> Any:  # noqa: A001  (named like what it stands for)
    """Open a study and list its sources, as every view does first."""
    import p3c_qual as p3c

    study = p3c.open_study(path)
    study.sources()
    return study


def store(path: Path) -> Path:
    """Return the SQLite file of a study."""
    return path / "study.sqlite"


def load_codebook(study: Any, path: Path) -> None:
    study.load_codebook(path)


def add_manifest(study: Any, manifest: Path) -> None:
    """Import every source of a manifest."""
    study.add_manifest(manifest)


def code_csv(study: Any, path: Path) -> None:
    """Take in a file of codings."""
    study.code_csv(path)


def counts(study: Any) -> tuple[int, int]:
    """Return how many sources and codings there are, and close the study."""
    found = len(study.sources()), len(study.codings())
    study.close()
    return found


def frequencies(study: Any, by: str, code: str) -> int:
    """Count every code by group; return the total of one code."""
    import p3c_qual as p3c

    table = p3c.table_frequencies(study, by=by, codebook="bench")
    return int(table.loc[table["code"] == code, "total"].iloc[0])


def segments(study: Any, code: str, limit: int | None) -> int:
    """List the segments of a code; return how many came."""
    return len(study.codings(code=code, limit=limit))


def search(study: Any, text: str, mode: str, limit: int) -> int:
    """Search the texts; return how many hits came."""
    return len(study.search(text, mode=mode, limit=limit))


def segments_csv(study: Any, path: Path) -> None:
    """Write every segment to a file."""
    study.write_codings(path)


def summarise(
    path: Path, folder: Path, talks: list[list[str]], rows: list[list[str]], labels: list[str]
) -> None:
    """Make a study of talks whose sentences are the kept units of a summarising.

    Each row is a unit's quote, paraphrase and generalisation; the units are written by the store
    itself, since a person would need weeks for them.
    """
    import p3c_qual as p3c
    from p3c_qual.coding.coders import coder_id
    from p3c_qual.mayring.asking import ask_question
    from p3c_qual.sources.incoming import Incoming
    from p3c_qual.store.schema import ROWS

    given = []
    for number, quotes in enumerate(talks):
        file = folder / f"talk_{number:02}.txt"
        file.write_text("\n".join(quotes) + "\n", "utf-8", newline="\n")
        given.append(Incoming(file, kind="document", programme="programme_0"))
    with p3c.new_study(path, title="Benchmark", coder=ACTOR) as study:
        study.add(given)
        units = {"coding_unit": "sentence", "context_unit": "source", "recording_unit": "source"}
        said = {"criterion": "All of it.", "abstraction": "In general."}
        ask_question(study, "What is said?", "summarising", key="said", **said, **units)
        src, asked = ROWS["source"], ROWS["question"]
        with study.act("make a summarising") as act:
            question = act.connection.scalar(asked.select().with_only_columns(asked.c.id))
            wanted = src.select().order_by(src.c.key)
            sources = act.connection.execute(wanted).all()
            made = {"question": question}
            act.insert(
                "reduction",
                [{**made, "label": label, "position": at} for at, label in enumerate(labels)],
            )
            made |= {"coder": coder_id(act, ACTOR, ""), "kept": True, "z3": "Z3.3"}
            units_in, left = [], iter(rows)
            for source, quotes in zip(sources, talks, strict=True):
                start = 0
                for quote in quotes:
                    _, paraphrase, general = next(left)
                    place = {"source": source.id, "text": source.text, "start": start}
                    place |= {"end": start + len(quote), "quote": quote}
                    words = {"paraphrase": paraphrase, "generalisation": general, "z2": ["Z2.1"]}
                    units_in.append({**made, **place, **words})
                    start += len(quote) + 1
            act.insert("paraphrase", units_in)


def configure(path: Path) -> None:
    """Make a study with configurations, in a folder that is not there yet."""
    from realist_study import make_realist_study

    path.parent.mkdir()
    make_realist_study(path).close()


def realist(study: Any) -> int:
    """Read the realist layer; return how many configurations stand."""
    from p3c_qual.realist.read import read_realist

    with study.store.read() as connection:
        return len(read_realist(connection).standing)


def mechanisms(study: Any) -> int:
    """Set the contexts of each mechanism side by side; return how many rows came."""
    from p3c_qual.realist.outputs.patterns import table_mechanisms

    return len(table_mechanisms(study))


def configurations(study: Any) -> int:
    """Return how many rows the table of all configurations has."""
    from p3c_qual.realist.outputs.cmo_table import table_cmos

    return len(table_cmos(study))


def cards(study: Any) -> bytes:
    """Return what the Configure view asks the server for."""
    import orjson

    from p3c_qual.workbench.realist import realist_state

    return orjson.dumps(realist_state(study))


def search_negative(study: Any, configuration: str) -> int:
    """Search for negative cases of a configuration, and log it; return how many were logged."""
    from p3c_qual.realist.negative.search import search_negative

    return len([search_negative(study, configuration, "context_without_outcome", coder=ACTOR)])


def code_one(study: Any, source: str, start: int, end: int, code: str) -> None:
    """Give one code to one span; when this returns, it is kept."""
    study.code(source, start, end, code, coder=ACTOR, round="bench")


def write(path: Path) -> None:
    """Make a study of written programmes, in a folder that is not there yet."""
    from report_study import make_report_study

    path.parent.mkdir()
    make_report_study(path)


def report(path: Path, forms: str) -> int:
    """Render the first programme's report; return how many notebooks ran."""
    from report_study import ALONE

    return _render(path, [ALONE], forms)


def report_each(path: Path) -> int:
    """Render every programme's report, one after the other; return how many were."""
    from report_study import PROGRAMMES

    return sum(
        _render(path, [f"programme_{number:02}"], "html") for number in range(1, PROGRAMMES + 1)
    )


def report_all(path: Path) -> int:
    """Render every programme's report, two at a time; return how many were."""
    return _render(path, [], "html")


def _render(path: Path, programmes: list[str], forms: str) -> int:
    from p3c_qual.cli.reports import render_all
    from p3c_qual.report.wanted import wanted_reports

    with open(path) as study:
        chosen = wanted_reports(study, programmes)
        return len(render_all(study, chosen, {"draft": True, "to": forms}))
