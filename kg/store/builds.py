"""Where builds stand, and which one is current."""

from __future__ import annotations

import logging
import os
import re
import time
from contextlib import suppress
from functools import partial
from pathlib import Path
from threading import Lock
from typing import NamedTuple, TypeAlias

from kg.model.errors import BuildDamaged, BuildMissing, KGError
from kg.model.prefixes import ROOT
from kg.store.remote.addresses import EngineSettings
from kg.store.remote.errors import EngineUnavailable
from kg.store.seal import SMALL
from kg.store.store import MEMORY_QUADS, Store

_log = logging.getLogger(__name__)

# The files of what is served are looked at so often: some 20 µs for each file.
LOOK_SECONDS = 5.0
# A build made again beside a damaged one of the same number is NUMBER-2.
_NAME = re.compile(r"([0-9a-f]{12})(-[0-9]+)?")


class Builds:
    """A directory of numbered builds, with `current` pointing at the one to serve."""

    def __init__(self, root: Path | None = None, tree: Path = ROOT) -> None:
        """Take the directory: the argument, else KG_BUILDS, else that of the tree of files."""
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

    def open(self) -> Store:
        """Open the current build; BuildMissing if there is none, BuildDamaged if it is damaged."""
        build = self.current()
        if build is None:
            raise BuildMissing(self.root)
        return Store.open(build)


def numbered(builds: Path, number: str = "") -> list[Path]:
    """Return the directories of builds, or of those with a number, last published first."""
    names = {path: _NAME.fullmatch(path.name) for path in builds.iterdir() if not path.is_symlink()}
    builds_of_number = [path for path, name in names.items() if name and number in ("", name[1])]
    return sorted(filter(Path.is_dir, builds_of_number), key=written, reverse=True)


def written(path: Path) -> float:
    """Return when a build was last published, in seconds since 1970; 0 if it is gone."""
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def _beside(tree: Path) -> Path:
    if tree != ROOT or (ROOT / "pyproject.toml").is_file():
        return tree / ".builds"
    # Installed from a wheel: what stands beside the code is not ours to write to.
    # https://specifications.freedesktop.org/basedir-spec/latest/
    state = os.environ.get("XDG_STATE_HOME")
    return (Path(state) if state else Path.home() / ".local" / "state") / "aide-memoire"


class Trouble(NamedTuple):
    """What is wrong with the build that should be served, and since when (seconds from 1970).

    `failing` says that what is served instead, if anything, cannot answer either.
    """

    reason: str
    since: float
    failing: bool = False


class Current:
    """The current build, opened; opened again once the pointer has moved or its files changed.

    Once a build is open, there is always one to serve: while the next is loaded, and when the
    pointer is gone. In place of a damaged build the last one before it is served that is not: an
    older answer that `trouble` admits to is worth more than none.
    """

    def __init__(
        self,
        root: Path | None = None,
        tree: Path = ROOT,
        most: int = MEMORY_QUADS,
        look: float = LOOK_SECONDS,
        *,
        ours: bool = False,
        settings: EngineSettings | None = None,
    ) -> None:
        """Take what `Builds` and `Store.open` take; look at the files every `look` seconds."""
        self.trouble: Trouble | None = None
        self._look_seconds, self._waits = look, False
        self._open = partial(Store.open, most=most, ours=ours, settings=settings)
        self._builds, self._lock = Builds(root, tree), Lock()
        self._store: Store | None = None
        self._pointed, self._looked = "", 0.0
        self._tried: _Mark = ()
        self._opened: _Mark = ()

    def store(self) -> Store:
        """Return the store to serve; BuildMissing or BuildDamaged if none could ever be opened."""
        held = self._store
        if held is None:
            with self._lock:
                return self._store or self._first()
        # One thread follows the pointer; the others go on with the build that is open.
        if not self._due(held) or not self._lock.acquire(blocking=False):
            return held
        try:
            return self._follow(held)
        finally:
            self._lock.release()

    def at_hand(self) -> Store | None:
        """Return the store to serve if nothing has to be looked at or opened for it."""
        held = self._store
        return None if held is None or self._due(held) else held

    def _due(self, held: Store) -> bool:
        # Called for every request.
        return (
            _target(self._builds.pointer) != self._pointed
            or (bool(held.files.damaged) and self.trouble is None)
            or time.monotonic() - self._looked >= self._look_seconds
        )

    def _first(self) -> Store:
        build = self._look()
        try:
            return self._take(build)
        except BuildMissing as error:
            earlier = self._earlier(build)
            if earlier is None:
                raise
            return self._serve(earlier, error, "served instead")

    def _follow(self, held: Store) -> Store:
        """Open what is current if it has moved or changed; leave what is damaged."""
        tried, build = self._tried, self._look()
        changed = self._tried != tried
        if self._tried == self._opened and not held.files.damaged:
            self.trouble = None
        elif changed or self._waits:
            try:
                return self._take(build)
            except (KGError, OSError) as error:
                self._serve(held, error, "still served")
        wrong = held.files.check(SMALL if changed else 0)
        return self._leave(held, wrong) if wrong else held

    def _look(self) -> Path | None:
        self._looked = time.monotonic()
        self._pointed = _target(self._builds.pointer)
        build = self._builds.current()
        self._tried = _mark(build)
        return build

    def _take(self, build: Path | None) -> Store:
        if build is None:
            raise BuildMissing(self._builds.root)
        store = self._open(build)
        replicas = store.replicas()
        # The first one is served in any case: it says itself that no engine holds it.
        if self._store and replicas and all(replica.reason for replica in replicas):
            raise EngineUnavailable(f"no SPARQL engine of this site holds build {store.number}")
        self._store = store
        self._opened, self.trouble, self._waits = self._tried, None, False
        return store

    def _leave(self, held: Store, wrong: str) -> Store:
        error = BuildDamaged(held.files.folder, wrong)
        earlier = self._earlier(held.files.folder)
        if earlier is not None:
            return self._serve(earlier, error, "served instead")
        if self.trouble is None or not self.trouble.failing:
            _log.error("%s (no other build is left to serve)", error)
            self.trouble = Trouble(_words(error), time.time(), failing=True)
        return held

    def _earlier(self, build: Path | None) -> Store | None:
        """Open the last build before another that is not damaged."""
        if build is None or not self._builds.root.is_dir():
            return None
        # Newer builds are passed over: an operator may have pointed back on purpose.
        others = [path for path in numbered(self._builds.root) if path != build]
        for other in others:
            if written(other) <= written(build):
                # If it is damaged as well, the next older one is tried.
                with suppress(KGError, OSError):
                    return self._open(other)
        return None

    def _serve(self, store: Store, error: Exception, how: str) -> Store:
        """Serve a build that is not the current one, and say why."""
        # An engine that does not hold the build yet is asked again, and complained of once.
        self._waits = isinstance(error, EngineUnavailable)
        if self.trouble is None or self.trouble.reason != _words(error):
            _log.warning("%s (build %s is %s)", error, store.number, how)
            self.trouble = Trouble(_words(error), time.time())
        self._store = store
        return store


_Mark: TypeAlias = tuple[object, ...]


def _words(error: Exception) -> str:
    """Say what is wrong without saying where the builds are."""
    if isinstance(error, BuildDamaged):
        return f"build {error.path.name} is damaged: {error.what}"
    return "there is no current build" if isinstance(error, BuildMissing) else str(error)


def _target(pointer: Path) -> str:
    try:
        return os.readlink(pointer)  # noqa: PTH115
    except OSError:
        return ""


def _mark(build: Path | None) -> _Mark:
    """Tell builds apart, also from what took the same place or changed there."""
    try:
        return tuple(map(_stat, sorted((build, *build.rglob("*"))))) if build else ("",)
    except OSError:
        return ("",)


def _stat(path: Path) -> tuple[object, ...]:
    status = path.stat()
    return (path, status.st_ino, status.st_size, status.st_mtime_ns if path.is_file() else 0)
