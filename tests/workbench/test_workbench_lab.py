"""JupyterLab is started on a study, and asks the network for nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import p3c_qual as p3c
from p3c_qual.cli import main
from p3c_qual.workbench import lab
from p3c_qual.workbench.lab import lab_arguments

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path, folder_of: Callable[[Path], Path]) -> Path:
    return folder_of(tmp_path / "my study")


def test_jupyterlab_opens_the_study_in_its_own_folder(folder: Path) -> None:
    given = lab_arguments(folder)
    assert f"--ServerApp.root_dir={folder}" in given
    assert "--LabApp.default_url=/lab/tree/study.yml" in given
    assert "--ServerApp.jpserver_extensions={'p3c_qual.workbench': True}" in given
    assert "--no-browser" not in given


def test_jupyterlab_opens_a_study_below_a_folder(folder: Path) -> None:
    given = lab_arguments(folder, root=folder.parent, port=9000, browser=False)
    assert f"--ServerApp.root_dir={folder.parent}" in given
    assert "--LabApp.default_url=/lab/tree/my%20study/study.yml" in given
    assert {"--ServerApp.port=9000", "--no-browser"} <= set(given)


def test_jupyterlab_asks_the_network_for_nothing(folder: Path) -> None:
    given = set(lab_arguments(folder))
    assert "--LabApp.news_url=None" in given
    assert "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate" in given
    assert "--LabApp.extension_manager=readonly" in given


def test_a_study_outside_the_folder_shown_is_refused(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    with pytest.raises(p3c.P3CError, match="does not lie in"):
        lab_arguments(folder, root=tmp_path / "other")


def test_the_command_ends_plainly_where_there_is_no_study(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        main(["--study", str(tmp_path), "lab"])
    assert end.value.code == 1
    assert "there is no study here" in capsys.readouterr().err


def test_the_command_passes_on_what_jupyterlab_is_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[str] = []
    monkeypatch.setattr(lab, "start_lab", given.extend)
    with pytest.raises(SystemExit) as end:
        main(["--study", str(folder), "lab", "--no-browser", "--", "--ServerApp.ip=0.0.0.0"])
    assert end.value.code == 0
    assert given == [*lab_arguments(folder, browser=False), "--ServerApp.ip=0.0.0.0"]


def test_a_front_end_that_is_not_the_installed_one_goes_before_it(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from jupyterlab.labapp import LabApp

    built = tmp_path / "labextension"
    built.mkdir()
    (built / "package.json").write_text('{"name": "p3c-qual", "version": "0"}')
    data = tmp_path / "share"
    monkeypatch.setattr(lab, "_BUILT", built)
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", "")
    monkeypatch.setattr("jupyter_core.paths.jupyter_path", lambda *parts: [str(data / parts[0])])
    seen: list[tuple[bool, list[str]]] = []

    def launch(argv: list[str]) -> None:
        paths = [each.partition("=")[2] for each in argv if "extra_labextensions_path" in each]
        from pathlib import Path

        seen.append((all(Path(p, "p3c-qual", "package.json").is_file() for p in paths), paths))

    monkeypatch.setattr(LabApp, "launch_instance", launch)
    lab.start_lab([])
    ((whole, paths),) = seen
    assert whole
    assert len(paths) == 1
    installed = data / "labextensions" / "p3c-qual"
    installed.mkdir(parents=True)
    (installed / "package.json").write_bytes((built / "package.json").read_bytes())
    lab.start_lab([])
    assert seen[1][1] == []
    (built / "package.json").unlink()
    with pytest.raises(p3c.P3CError, match="make frontend"):
        lab.start_lab([])


def test_nobody_is_asked_whether_news_may_be_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    from jupyterlab.labapp import LabApp
    from jupyterlab_server.settings_utils import _get_overrides

    monkeypatch.setenv("JUPYTER_CONFIG_PATH", "")
    seen = []

    def launch(argv: list[str]) -> None:
        seen.append(_get_overrides("")[0])

    monkeypatch.setattr(LabApp, "launch_instance", launch)
    lab.start_lab([])
    (found,) = seen
    assert found["@jupyterlab/apputils-extension:notification"]["fetchNews"] == "false"


def test_the_server_extension_and_the_front_end_are_where_jupyter_looks() -> None:
    import sys

    from p3c_qual import workbench

    assert workbench._jupyter_server_extension_points() == [{"module": "p3c_qual.workbench"}]
    assert workbench._jupyter_labextension_paths() == [{"src": "labextension", "dest": "p3c-qual"}]
    assert workbench.__name__ in sys.modules
