"""Where builds stand, and which one is current."""

from __future__ import annotations

import logging
import os
from pathlib import Path
from threading import Lock

from kg.errors import BuildMissing, KGError
from kg.prefixes import ROOT
from kg.store import MEMORY_QUADS, Store

_log = logging.getLogger(__name__)


class Builds:
    """A directory of numbered builds, with `current` pointing at the one to serve."""

    def __init__(self, root: Path | None = None, tree: Path = ROOT) -> None:
        """Take the directory: as given, else from KG_BUILDS, else that of the tree of files."""
        named = os.environ.get("KG_BUILDS")
        self.root = root or (Path(named) if named else _beside(tree))
        self.pointer = self.root / "current"

    def current(self) -> Path | None:
        """Return the directory of the current build, or None if there is none."""
        try:
            build = self.root / self.pointer.readlink()
        except OSError:
            return None
        return build if build.is_dir() else None


def _beside(tree: Path) -> Path:
    if tree != ROOT or (ROOT / "pyproject.toml").is_file():
        return tree / ".builds"
    # Installed from a wheel: what stands beside the code is not ours to write to.
    # https://specifications.freedesktop.org/basedir-spec/latest/
    state = os.environ.get("XDG_STATE_HOME")
    return (Path(state) if state else Path.home() / ".local" / "state") / "aide-memoire"


class Current:
    """The current build, opened; opened again once the pointer has moved.

    Once a build is open, there is always one to serve: while the next is loaded, and when the
    pointer is gone or points at a damaged build.
    """

    def __init__(
        self, root: Path | None = None, tree: Path = ROOT, most: int = MEMORY_QUADS
    ) -> None:
        """Take the directory of builds, as `Builds` does, and what `Store.open` takes."""
        self._most = most
        self._builds = Builds(root, tree)
        self._lock = Lock()
        self._store: Store | None = None
        self._trouble: tuple[str, int] | None = None

    def store(self) -> Store:
        """Return the current build's store; BuildMissing if none could ever be opened."""
        held = self._store
        if held is not None and _target(self._builds.pointer) == held.number:
            return held
        build = self._builds.current()
        if held is None:
            with self._lock:
                return self._store or self._open(build)
        if build is not None and build.name == held.number:
            return held
        if _mark(build) == self._trouble or not self._lock.acquire(blocking=False):
            return held
        try:
            return self._reopen(build, held)
        finally:
            self._lock.release()

    def _open(self, build: Path | None) -> Store:
        if build is None:
            raise BuildMissing(self._builds.root)
        self._store = Store.open(build, self._most)
        self._trouble = None
        return self._store

    def _reopen(self, build: Path | None, held: Store) -> Store:
        try:
            return self._open(build)
        except (KGError, OSError) as error:
            self._trouble = _mark(build)
            _log.warning("%s (build %s is still served)", error, held.number)
            return held


def _target(pointer: Path) -> str:
    # Asked at every request.
    try:
        return os.readlink(pointer)  # noqa: PTH115
    except OSError:
        return ""


def _mark(build: Path | None) -> tuple[str, int]:
    """Tell builds apart, also from another that took the same place."""
    try:
        return (build.name, build.stat().st_ino) if build else ("", 0)
    except OSError:
        return ("", 0)
