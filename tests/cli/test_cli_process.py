"""The command as a program of its own: exit codes, pipes, rights, interruptions."""

from __future__ import annotations

import ctypes
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

P3C = [sys.executable, "-c", "from p3c_qual.cli import main; main()"]


def _run(*args: object, **options: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*P3C, *map(str, args)],
        capture_output=True,
        text=True,
        check=False,
        **options,  # type: ignore[call-overload]
    )


def test_a_program_ends_with_nought_one_or_two(here: Path) -> None:
    assert _run("codings", "--format", "csv").returncode == 0
    failed = _run("codings", "--code", "workforse")
    assert (failed.returncode, failed.stdout) == (1, "")
    assert failed.stderr.count("\n") == 1
    assert _run("codigs").returncode == 2


def test_a_reader_that_had_enough_is_no_fault(here: Path) -> None:
    # the listing is longer than a pipe holds
    pipe = 'set -o pipefail; "$0" -c "$1" codes --format json | head -c 20'
    done = subprocess.run(
        ["bash", "-c", pipe, P3C[0], P3C[2]],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout


def test_output_is_utf_8_whatever_the_terminal_is_set_to(here: Path) -> None:
    environment = {**os.environ, "LC_ALL": "C", "PYTHONIOENCODING": "ascii"}

    done = subprocess.run(
        [*P3C, "search", "cafe", "--format", "csv"],
        capture_output=True,
        check=True,
        env=environment,
    )

    assert "Café" in done.stdout.decode("utf-8")
    assert "🙂" in done.stdout.decode("utf-8")


@pytest.fixture
def public(template: Path) -> Iterator[Path]:
    """Give a copy of the study that every user of this computer can reach."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    shutil.copytree(template, folder / "study")
    yield folder / "study"
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755)
    shutil.rmtree(folder)


def _as_anybody() -> None:
    """Be bound by the rights of files also where the tests run as root."""
    if os.geteuid() == 0:
        system = ctypes.CDLL(None)
        for override in (1, 2):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
            if system.prctl(24, override, 0, 0, 0) != 0:  # PR_CAPBSET_DROP
                os._exit(99)


def test_a_study_in_a_read_only_folder_is_read_and_not_written(public: Path) -> None:
    for path in sorted(public.rglob("*"), reverse=True):
        path.chmod(0o555 if path.is_dir() else 0o444)
    public.chmod(0o555)
    before = {path: path.read_bytes() for path in public.rglob("*") if path.is_file()}

    read = _run("codings", "--format", "csv", "--study", public, preexec_fn=_as_anybody)
    assert read.returncode == 0, read.stderr
    assert read.stdout.count("\n") == 6
    for args in (
        ("memo", "study", "a note"),
        ("undo",),
        ("worked", "P1"),
        ("set", "source", "P1", "title=x"),
        ("code", "--csv", _table(public)),
    ):
        written = _run(*args, "--study", public, preexec_fn=_as_anybody)
        assert written.returncode == 1, written
        assert "can be read but not written" in written.stderr
        assert "Traceback" not in written.stderr
    assert {path: path.read_bytes() for path in public.rglob("*") if path.is_file()} == before


def _table(public: Path) -> Path:
    table = public.parent / "codings.csv"
    table.write_text("source,start,end,code\nP1,0,5,financing\n", encoding="utf-8")
    return table


def test_a_new_study_where_nothing_can_be_written_leaves_nothing(public: Path) -> None:
    public.parent.chmod(0o555)

    done = _run("new", public.parent / "other", "--title", "T", preexec_fn=_as_anybody)

    assert done.returncode == 1
    assert "the folder cannot be written" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (public.parent / "other").exists()


def test_a_file_that_may_not_be_read_is_named(public: Path) -> None:
    public.parent.chmod(0o777)
    for path in (public, *public.rglob("*")):
        path.chmod(0o777)
    locked = public.parent / "locked.txt"
    locked.write_text("I: Who?\nR: You.\n", encoding="utf-8")
    locked.chmod(0)

    done = _run("add", locked, "--study", public, preexec_fn=_as_anybody)

    assert done.returncode == 1
    assert "locked.txt" in done.stderr
    assert "Permission denied" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_study_in_a_folder_that_may_not_be_entered_is_named(public: Path) -> None:
    public.chmod(0)

    done = _run("codings", "--study", public, preexec_fn=_as_anybody)

    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert str(public) in done.stderr


def test_an_interrupted_import_keeps_nothing(here: Path, tmp_path: Path) -> None:
    for number in range(400):
        text = f"I: Who?\nR: Number {number} spoke for long. " + "And on it went. " * 2000
        (tmp_path / f"t{number}.txt").write_text(text, encoding="utf-8")
    files = sorted(str(path) for path in tmp_path.glob("t*.txt"))
    before = _run("sources", "--format", "csv").stdout

    # a shell lets what it runs in the background ignore the key; a child takes that over
    mine = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        started = subprocess.Popen([*P3C, "add", *files], stderr=subprocess.PIPE, text=True)
    finally:
        signal.signal(signal.SIGINT, mine)
    with started as child:
        _wait_for_writing(here)
        child.send_signal(signal.SIGINT)
        _, said = child.communicate(timeout=60)

    assert child.returncode == 130
    assert "what was not finished was not kept" in said
    assert "Traceback" not in said
    assert _run("sources", "--format", "csv").stdout == before
    assert sorted(path.name for path in (here / "data_raw").iterdir()) == ["P1.txt", "P2.txt"]


def _wait_for_writing(study: Path) -> None:
    import time

    until = time.monotonic() + 60
    while time.monotonic() < until:
        if len(list((study / "data_raw").iterdir())) > 2:
            return
        time.sleep(0.01)
    pytest.fail("nothing was written within a minute")
