"""Codebooks as data: read, check, write and compare them."""

from p3c_qual.codebook.code import Anchor, Code, ScaleLevel
from p3c_qual.codebook.diff import Change, diff_codebooks
from p3c_qual.codebook.lint import lint_codebook, lint_crosswalk, lint_with_codings
from p3c_qual.codebook.model import Codebook, Term, Vocabulary
from p3c_qual.codebook.writer import write_codebook
from p3c_qual.codebook.yaml_form import check_codebook, read_codebook

__all__ = [
    "Anchor",
    "Change",
    "Code",
    "Codebook",
    "ScaleLevel",
    "Term",
    "Vocabulary",
    "check_codebook",
    "diff_codebooks",
    "lint_codebook",
    "lint_crosswalk",
    "lint_with_codings",
    "read_codebook",
    "write_codebook",
]
