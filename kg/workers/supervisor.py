"""Starts the fork server, and restarts it if it ends; runs the slow queue of all processes."""

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

from kg.workers.slow_queue import SOCKET_NAME, SlowQueue

# A fork server that fails at its start does not use all of a processor.
_PAUSE_SECONDS = 0.5
_END_SECONDS = 5.0


class Supervisor:
    """A running fork server, for as long as this process lives or until `close`."""

    def __init__(self, program: str, settings: Mapping[str, object]) -> None:
        """Start the fork server: the module to run, and settings that override the environment's.

        Its socket, and those of the slow queue and of queries, are in a new temporary folder.
        """
        self._program = program
        self._folder = Path(tempfile.mkdtemp(prefix="kg-"))
        self.socket = self._folder / "forkserver"
        self._settings = {f"KG_{name}": str(value) for name, value in settings.items()}
        self._slow_queue = SlowQueue(self._folder / SOCKET_NAME)
        threading.Thread(target=self._slow_queue.run, daemon=True).start()
        self._closing = threading.Event()
        self._process = self._start()
        threading.Thread(target=self._restart, daemon=True).start()
        atexit.register(self.close)

    @property
    def pid(self) -> int:
        """Return the process of the fork server at present."""
        return self._process.pid

    def close(self) -> None:
        """End the fork server; its workers end with the processes that they are connected to."""
        self._closing.set()
        atexit.unregister(self.close)
        self._end(self._process)
        self._slow_queue.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _start(self) -> subprocess.Popen[bytes]:
        self.socket.unlink(missing_ok=True)
        return subprocess.Popen(  # noqa: S603 - our own module, by the interpreter that runs this
            # -P: a folder of the same name in the working directory is not run.
            [sys.executable, "-P", "-m", self._program, str(self.socket)],
            stdin=subprocess.PIPE,
            env=os.environ | self._settings,
        )

    def _restart(self) -> None:
        while not self._closing.is_set():
            self._process.wait()
            if self._closing.wait(_PAUSE_SECONDS):
                return
            _close_stdin(self._process)
            self._process = self._start()

    @staticmethod
    def _end(process: subprocess.Popen[bytes]) -> None:
        _close_stdin(process)
        try:
            process.wait(timeout=_END_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _close_stdin(process: subprocess.Popen[bytes]) -> None:
    if process.stdin:
        process.stdin.close()
