"""Starts the nursery, and starts it again if it ends; counts who is in the slow lane."""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping
from pathlib import Path

from kg.workers.slow_queue import SlowQueue

_PAUSE_SECONDS = 0.5


class Supervisor:
    """A running nursery, for as long as this process lives or until `close`."""

    def __init__(self, program: str, settings: Mapping[str, object]) -> None:
        """Start a fork server: the module to run, and settings that override the environment's."""
        self._program = program
        self._folder = Path(tempfile.mkdtemp(prefix="kg-"))
        self.socket = self._folder / "nursery"
        self._settings = {f"KG_{name}": str(value) for name, value in settings.items()}
        self._gate = SlowQueue(self._folder / "gate")
        threading.Thread(target=self._gate.run, daemon=True).start()
        self._closing = threading.Event()
        self._process = self._start()
        threading.Thread(target=self._keep, daemon=True).start()
        atexit.register(self.close)

    @property
    def pid(self) -> int:
        """Return the process of the nursery as it is now."""
        return self._process.pid

    def close(self) -> None:
        """End the nursery; its children end as their servers do."""
        self._closing.set()
        atexit.unregister(self.close)
        self._end(self._process)
        self._gate.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _start(self) -> subprocess.Popen[bytes]:
        self.socket.unlink(missing_ok=True)
        return subprocess.Popen(  # noqa: S603 - our own module, by the interpreter that runs this
            [sys.executable, "-P", "-m", self._program, str(self.socket)],
            stdin=subprocess.PIPE,
            env=os.environ | self._settings,
        )

    def _keep(self) -> None:
        while not self._closing.is_set():
            self._process.wait()
            if self._closing.wait(_PAUSE_SECONDS):
                return
            _close(self._process)
            self._process = self._start()

    @staticmethod
    def _end(process: subprocess.Popen[bytes]) -> None:
        _close(process)
        try:
            process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _close(process: subprocess.Popen[bytes]) -> None:
    if process.stdin:
        process.stdin.close()
