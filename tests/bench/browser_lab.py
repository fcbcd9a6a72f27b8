"""JupyterLab in a process of its own, with the workbench of this checkout or without it."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Self

BUILT = Path(__file__).resolve().parents[2] / "p3c_qual" / "workbench" / "labextension"
TOKEN = "only-for-this-benchmark"
#: seconds in which a busy machine has started a server
PATIENCE = 90
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-dev-shm-usage",
]  # fmt: skip


class Lab:
    """A server on a free port; use it in a `with` statement."""

    def __init__(self, root: Path, home: Path, coder: str, *, workbench: bool = True) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}/"
        settings = home / "config" / "labconfig"
        settings.mkdir(parents=True)
        quiet = {"fetchNews": "false", "checkForUpdates": False}
        (settings / "default_setting_overrides.json").write_text(
            json.dumps({"@jupyterlab/apputils-extension:notification": quiet})
        )
        if workbench:
            shutil.copytree(BUILT, home / "front" / "p3c-qual")
        else:
            (settings / "page_config.json").write_text(
                json.dumps({"disabledExtensions": {"p3c-qual": True}})
            )
        own = {name: v for name, v in os.environ.items() if not name.startswith("JUPYTER")}
        folders = {
            "JUPYTER_CONFIG_DIR": str(home / "config"),
            "JUPYTER_DATA_DIR": str(home / "data"),
            "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
            "IPYTHONDIR": str(home / "ipython"),
            "XDG_CONFIG_HOME": str(home / "settings"),
            "P3C_CODER": coder,
        }
        extensions = {"p3c_qual.workbench": workbench, "jupyter_lsp": False}
        command = [
            *(sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root"),
            "--ServerApp.ip=127.0.0.1",
            f"--ServerApp.port={port}",
            "--ServerApp.port_retries=0",
            f"--IdentityProvider.token={TOKEN}",
            f"--ServerApp.root_dir={root}",
            f"--ServerApp.jpserver_extensions={extensions}",
            # before whatever front end is installed beside the interpreter
            f"--LabApp.extra_labextensions_path={home / 'front'}",
            f"--LabApp.workspaces_dir={home / 'workspaces'}",
            f"--LabApp.user_settings_dir={home / 'user'}",
            "--LabApp.news_url=None",
            "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
            "--LabApp.extension_manager=readonly",
        ]
        self._log = home / "log"
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                command, env=own | folders, stdout=log, stderr=log, start_new_session=True
            )

    def __enter__(self) -> Self:
        """Wait until it answers."""
        request = urllib.request.Request(
            f"{self.url}api/status", headers={"Authorization": f"token {TOKEN}"}
        )
        until = time.monotonic() + PATIENCE
        while True:
            try:
                with urllib.request.urlopen(request, timeout=20):
                    return self
            except OSError:
                if self._process.poll() is not None or time.monotonic() > until:
                    self.__exit__()
                    sys.exit(f"JupyterLab did not start:\n{self._log.read_text(errors='replace')}")
                time.sleep(0.1)

    def __exit__(self, *_: object) -> None:
        """End it with whatever it started."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGTERM)
        self._process.wait()

    def address(self, path: str, workspace: str = "") -> str:
        """Return JupyterLab's own address of a file, or of a server's file without a workspace."""
        begin = f"lab/workspaces/{workspace}/tree/" if workspace else "files/"
        return f"{self.url}{begin}{path}?token={TOKEN}"
