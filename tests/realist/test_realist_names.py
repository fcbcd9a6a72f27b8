"""The public names of the realist layer."""

from __future__ import annotations

from importlib.util import resolve_name

import p3c_qual as p3c
from p3c_qual.realist import _LATER


def test_every_public_name_is_there_and_says_what_it_does() -> None:
    assert sorted(_LATER) == p3c.realist.__all__
    for name in p3c.realist.__all__:
        made = getattr(p3c.realist, name)
        assert made.__module__ == resolve_name(f".{_LATER[name]}", p3c.realist.__name__), name
        assert made.__doc__, name


def test_every_name_is_one_of_the_package() -> None:
    assert "realist" in p3c.__all__
    assert p3c.realist.table_cmos.__name__ == "table_cmos"
