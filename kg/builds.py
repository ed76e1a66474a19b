"""Where builds stand, and which one is current."""

from __future__ import annotations

import os
from pathlib import Path
from threading import Lock

from kg.errors import BuildMissing
from kg.prefixes import ROOT
from kg.store import Store


class Builds:
    """A directory of numbered builds, with `current` pointing at the one to serve."""

    def __init__(self, root: Path | None = None) -> None:
        """Take the directory: as given, else from KG_BUILDS, else `.builds` in the repository."""
        self.root = root or Path(os.environ.get("KG_BUILDS") or ROOT / ".builds")
        self.pointer = self.root / "current"

    def current(self) -> Path | None:
        """Return the directory of the current build, or None if there is none."""
        try:
            build = self.root / self.pointer.readlink()
        except OSError:
            return None
        return build if build.is_dir() else None


class Current:
    """The current build, opened; opened again once the pointer has moved."""

    def __init__(self, root: Path | None = None) -> None:
        """Take the directory of builds, as `Builds` does."""
        self._builds = Builds(root)
        self._lock = Lock()
        self._store: Store | None = None

    def store(self) -> Store:
        """Return the current build's store; BuildMissing if nothing was built yet."""
        build = self._builds.current()
        if build is None:
            raise BuildMissing(self._builds.root)
        store = self._store
        if store is not None and store.number == build.name:
            return store
        with self._lock:
            if self._store is None or self._store.number != build.name:
                self._store = Store.open(build)
            return self._store
