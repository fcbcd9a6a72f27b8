"""How a thick description lies in a folder: by programme and its sites, by country, for the study.

``programmes/KEY/``, ``programmes/KEY/sites/SITE/``, ``countries/NAME/`` and ``study/`` hold each
``formal.yml``, ``facts.yml``, ``contrasts.yml``, ``quotes.yml`` and ``sections/KEY.md``;
``study/`` holds ``names.yml`` too, the names that were decided on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from p3c_qual.errors import Problem, nearest
from p3c_qual.yaml_fields import slug_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from p3c_qual.findings import Faults

__all__ = ["FILES", "FORMAT", "Folder", "country_folder", "dump", "find_folders", "read_file"]

#: of the YAML files
FORMAT = 1
#: what a folder can hold beside its sections
FILES = ("formal.yml", "facts.yml", "contrasts.yml", "quotes.yml", "names.yml")
#: what only the folder of the study holds
_OF_STUDY = ("names.yml",)
_INSIDE = ("sections", "sites")
_TOP = ("programmes", "countries", "study")


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder, and what it is about, as its name says."""

    path: Path
    programme: str = ""
    site: str = ""
    country: str = ""

    def file(self, name: str) -> Path | None:
        """Return a file of it, None where it is not there."""
        path = self.path / name
        return path if path.is_file() else None

    def sections(self) -> list[Path]:
        """Return the files of its sections, in the order of their names."""
        return sorted((self.path / "sections").glob("*.md"))


def find_folders(root: Path, problems: list[Problem]) -> list[Folder]:
    """Return the folders of a description; what does not belong there is noted."""
    found = []
    if not any((root / name).is_dir() for name in _TOP):
        what = "there is no description in this folder"
        do = "It holds 'programmes' with a folder for each, 'countries' or 'study'."
        problems.append(Problem(what, str(root), do=do))
        return []
    if (root / "study").is_dir():
        found.append(Folder(root / "study"))
    found += [Folder(path, country=path.name) for path in _folders(root / "countries")]
    for path in _folders(root / "programmes"):
        found.append(Folder(path, programme=path.name))
        found += [Folder(each, path.name, each.name) for each in _folders(path / "sites")]
    for each in found:
        problems += _strange(each, root)
    return found


def country_folder(country: str) -> str:
    """Return the name of the folder of a country."""
    return slug_of(country.replace(".", " ")) or "country"


def read_file(path: Path, faults: Faults) -> str:
    """Return the words of a Markdown file; what cannot be read is noted."""
    try:
        return path.read_text("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError:
        faults.add(0, "the file is not in UTF-8", do="Save it again as UTF-8.")
    except OSError as error:
        faults.add(0, f"the file cannot be read: {(error.strerror or str(error)).lower()}")
    return ""


def dump(made: dict[str, Any]) -> str:
    """Return plain values as YAML; a text of several lines stands as a block."""
    import yaml

    class Dumper(yaml.SafeDumper):
        pass

    def text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
        lines = value.split("\n")
        # a block loses spaces at its edges, and what cannot be seen may be read as a line break
        seen = all(sign == "\n" or sign.isprintable() for sign in value)
        tidy = all(line == line.strip() for line in lines) and bool(lines[0]) and bool(lines[-1])
        style = (("|" if tidy else '"') if len(lines) > 1 else None) if seen else '"'
        return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)

    Dumper.add_representer(str, text)
    Dumper.add_representer(
        type(None), lambda dumper, _: dumper.represent_scalar("tag:yaml.org,2002:null", "")
    )
    return yaml.dump(made, Dumper=Dumper, sort_keys=False, allow_unicode=True, width=100)


def _folders(path: Path) -> Iterator[Path]:
    if path.is_dir():
        yield from (each for each in sorted(path.iterdir()) if each.is_dir() and _counts(each))


def _counts(path: Path) -> bool:
    return not path.name.startswith(".")


def _strange(folder: Folder, root: Path) -> Iterator[Problem]:
    """Give what is to say of files that nobody would read; a slip in a name is not passed over."""
    about_study = not (folder.programme or folder.site or folder.country)
    files = [each for each in FILES if about_study or each not in _OF_STUDY]
    valid = (*files, *_INSIDE)
    some = [each for each in folder.path.iterdir() if _counts(each)]
    some += [each for each in (folder.path / "sections").glob("*") if _counts(each)]
    for each in some:
        inside = each.parent.name == "sections" and each.parent.parent == folder.path
        if each.name in valid or (inside and each.suffix == ".md"):
            continue
        where = each.relative_to(root).as_posix()
        if inside:
            do = "The text of a section stands in KEY.md."
            yield Problem(f"{each.name!r} is no file of a section", where, do=do)
        else:
            close = nearest(each.name, valid)
            yield Problem(f"{each.name!r} is no file of a description", where, valid, close)
