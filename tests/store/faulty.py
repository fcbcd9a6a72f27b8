"""What the processes do that the tests of faults start, kill, starve or lock out.

python faulty.py NAME ARGUMENT...
"""

from __future__ import annotations

import os
import resource
import shutil
import sys
import tempfile
from pathlib import Path

import p3c_qual as p3c
from p3c_qual.errors import P3CError
from p3c_qual.sources.incoming import Incoming
from p3c_qual.store.act import begin_act
from p3c_qual.store.engine import open_store


def say(line: object) -> None:
    print(line, flush=True)


def add(study: str, files: str) -> None:
    """Import all files of a folder; say each when it is read, and the end."""
    with p3c.open_study(study) as opened:
        opened.add([Incoming(path) for path in sorted(Path(files).iterdir())], step=say)
        say("done")


def code(study: str) -> None:
    """Code without end; say each coding when it is kept."""
    with p3c.open_study(study) as opened:
        for start in range(10**6):
            say(opened.code("IP01", start, start + 1, "workforce").id)


def insert(address: str, who: str, count: str) -> None:
    """Write rows in as many acts; wait for a line on stdin to begin."""
    store = open_store(address)
    say("ready")
    sys.stdin.readline()
    for number in range(int(count)):
        with begin_act(store, actor=who, verb="do") as act:
            act.insert("memo", [{"text": f"{who} {number}"}])
    say("done")


def starve(study: str, files: str, limit: str) -> None:
    """Import on a disk on which no file can grow beyond so many bytes."""
    with p3c.open_study(study) as opened:
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(limit), int(limit)))
        try:
            opened.add([Incoming(path) for path in sorted(Path(files).iterdir())])
        except P3CError as error:
            say(error)
        else:
            say("done")


def visit(study: str) -> None:
    """Read and write as somebody who may only read."""
    if os.getuid() == 0:
        # what is imported later would be looked for in a folder of root's
        other = tempfile.mkdtemp()
        with p3c.new_study(f"{other}/study", title="Other") as warm:
            warm.codings()
        shutil.rmtree(other)
        os.setuid(65534)
    with p3c.open_study(study) as opened:
        say(f"{len(opened.codings())} codings, {opened.text('IP01')[:7]}")
        try:
            opened.code("IP01", 30, 40, "workforce")
        except P3CError as error:
            say(error)


if __name__ == "__main__":
    globals()[sys.argv[1]](*sys.argv[2:])
