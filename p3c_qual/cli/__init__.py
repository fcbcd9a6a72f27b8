"""The command line: thin commands over the library."""

from p3c_qual.cli.app import main

__all__ = ["main"]
