"""Time the library and the workbench on a large study, each beside the least that the work costs.

python tests/bench/run.py [library|browser] [--quick] [--runs N] [--seed N] [--sources N]
                          [--only NAME ...]
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import platform
import sqlite3
import subprocess
import sys
import tempfile
from dataclasses import asdict, replace
from pathlib import Path
from statistics import median
from typing import Any

from corpus import Corpus, get_corpus
from operations import APART, BUILDING, MEMORY, OPERATIONS, PREPARING, Operation
from table import Result, differing, lines, show, verdict

HERE = Path(__file__).resolve().parent


def run_task(task: str, places: dict[str, Any]) -> dict[str, Any]:
    """Run a task in a process of its own; a failure is said in one line under `failed`."""
    done = subprocess.run(
        [sys.executable, str(HERE / "tasks.py"), task, json.dumps(places)],
        check=False,
        capture_output=True,
        text=True,
        # modules compiled anew by each process would be timed as the product's work
        env={**os.environ, "P3C_CODER": "ada", "PYTHONDONTWRITEBYTECODE": ""},
    )
    if done.returncode:
        said = done.stderr.strip().splitlines() or ["no message"]
        return {"failed": said[-1]}
    return dict(json.loads(done.stdout.splitlines()[-1]))


def summary(samples: list[dict[str, Any]]) -> Result:
    """Return the medians of a task's samples."""
    later = [median(sample["again"]) for sample in samples if sample["again"]]
    return Result(
        first=median(sample["wall"] for sample in samples),
        cpu=median(sample["cpu"] for sample in samples),
        again=median(later) if later else None,
        peak=max(sample["peak"] for sample in samples),
        answer=samples[-1]["answer"],
    )


def measure(
    operations: list[Operation], places: dict[str, Any], runs: int
) -> tuple[dict[str, Result], dict[str, str]]:
    """Run every task, floors and product in turn, so that a busy minute falls on both."""
    product = importlib.util.find_spec("p3c_qual.study") is not None
    results: dict[str, Result] = {}
    failed: dict[str, str] = {}
    for operation in operations:
        tasks = [*(floor.task for floor in operation.floors), operation.task]
        # the journalled rows are taken from the finished study
        tasks.sort(key=lambda task: task == "codings.rows")
        if operation.task in results:
            tasks.remove(operation.task)
        samples: dict[str, list[dict[str, Any]]] = {}
        for number in range(runs):
            print(f"\r{operation.label}, run {number + 1} of {runs}\033[K", end="", file=sys.stderr)
            for task in tasks:
                product_task = "." not in task or task == "codings.rows"
                # what builds the study comes first; without it the rest has nothing to ask
                if task in failed or (
                    product_task and any(name in failed for name in BUILDING if name != task)
                ):
                    continue
                if product_task and not product:
                    failed[task] = "the library has no study yet"
                    continue
                sample = run_task(task, places)
                if "failed" in sample:
                    failed[task] = sample["failed"]
                else:
                    samples.setdefault(task, []).append(sample)
        results |= {task: summary(found) for task, found in samples.items() if task not in failed}
    print("\r\033[K", end="", file=sys.stderr)
    return results, failed


def chosen(names: list[str]) -> list[Operation]:
    """Return the operations asked for, with those that build what they read."""
    known = list(dict.fromkeys(operation.task for operation in OPERATIONS))
    if unknown := sorted(set(names) - set(known)):
        sys.exit(f"No such operation: {', '.join(unknown)}. There are: {', '.join(known)}.")
    # what has a study of its own needs no other
    building = BUILDING if set(names) - set(APART) else ()
    wanted = {*building, *names} if names else set(known)
    return [operation for operation in OPERATIONS if operation.task in wanted]


def main() -> None:
    """Measure, print the tables, write last.json; exit with 1 where something failed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("part", nargs="?", choices=("library", "browser"), help="one part alone")
    parser.add_argument("--runs", type=int, default=5, help="runs of each task (5)")
    parser.add_argument("--quick", action="store_true", help="one run")
    parser.add_argument("--seed", type=int, default=1, help="of the invented study (1)")
    parser.add_argument("--sources", type=int, default=1_000, help="transcripts (1,000)")
    parser.add_argument(
        "--only", nargs="+", default=[], metavar="NAME", help="these operations of the library"
    )
    given = parser.parse_args()
    if given.only and given.part == "browser":
        parser.error("--only names operations of the library")
    runs, operations = 1 if given.quick else given.runs, chosen(given.only)

    print("Writing the invented study, or taking it from the cache", file=sys.stderr)
    corpus = get_corpus(seed=given.seed, sources=given.sources)
    written: dict[str, Any] = {}
    if given.part != "browser":
        written |= library(operations, corpus, runs, given.seed)
    if given.part != "library" and not given.only:
        written["browser"] = in_browser(corpus, runs, given.seed)
    (HERE / "last.json").write_text(json.dumps(written, indent=1), "utf-8")
    faults = (written, written.get("browser", {}))
    sys.exit(any(part.get("failed") or part.get("differing") for part in faults))


def library(operations: list[Operation], corpus: Corpus, runs: int, seed: int) -> dict[str, Any]:
    """Time the library's operations, print the table; return what is written down."""
    with tempfile.TemporaryDirectory(prefix="p3c-bench-run-") as folder:
        at, unmade = places(Path(folder), corpus), dict[str, str]()
        for preparing, tasks in PREPARING.items():
            if any(operation.task in tasks for operation in operations):
                made = run_task(preparing, at)
                unmade |= {preparing: made["failed"]} if "failed" in made else {}
        results, failed = measure(operations, at, runs)
        failed |= unmade

    about = {
        "runs": runs, "seed": seed, "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version, "system": platform.platform(),
        "processors": os.cpu_count(), "load": round(os.getloadavg()[0], 2),
    }  # fmt: skip
    print(
        f"{corpus.sources:,} transcripts, {corpus.characters:,} characters, "
        f"{corpus.codings:,} codings; median of {runs}\n"
        f"Python {about['python']}, SQLite {about['sqlite']}, {about['processors']} processors, "
        f"load {about['load']}\n"
    )
    show(lines(operations, results, failed))
    ours = {task: result for task, result in results.items() if "." not in task}
    if ours:
        task, most = max(ours.items(), key=lambda item: item[1].peak)
        print(f"\nmemory: {most.peak:.0f} MB at most ({task}); aim {MEMORY} MB: "
              f"{verdict(most.peak <= MEMORY)}")  # fmt: skip
    faults = differing(operations, results)
    for fault in [*faults, *(f"{task} did not run: {why}" for task, why in failed.items())]:
        print(fault)
    return {
        "about": about,
        "corpus": asdict(replace(corpus, folder="")),
        "results": {task: asdict(result) for task, result in results.items()},
        "failed": failed,
        "differing": faults,
    }


def in_browser(corpus: Corpus, runs: int, seed: int) -> dict[str, Any]:
    """Time the workbench in a real browser, print the table; return what is written down."""
    # the library is timed without a browser, also where there is none
    from browser import measure_browser
    from browser_table import browser_lines

    before = os.getloadavg()[0]
    measures, version = measure_browser(corpus, runs, seed)
    about = {"runs": runs, "browser": version, "load": [before, os.getloadavg()[0]]}
    print(
        f"\nChromium {version}, median of {runs} after one more to warm up, "
        f"load {before:.2f} before and {about['load'][1]:.2f} after\n"
    )
    show(browser_lines(measures.rows))
    for what, why in measures.failed.items():
        print(f"{what} was not timed: {why}")
    rows = [asdict(row) for row in measures.rows]
    return {"about": about, "results": rows, "failed": measures.failed}


def places(folder: Path, corpus: Corpus) -> dict[str, Any]:
    """Return where the tasks find what they build on."""
    (folder / "scratch").mkdir()
    return {
        "corpus": asdict(corpus),
        "floor": str(folder / "floor.sqlite"),
        "study": str(folder / "study"),
        "imported": str(folder / "imported"),
        "realist": str(folder / "realist" / "study"),
        "written": str(folder / "written" / "study"),
        "scratch": str(folder / "scratch"),
    }


if __name__ == "__main__":
    main()
