"""What the settings allow of look-through, and all that it takes: client, cache, gate."""

from __future__ import annotations

import shutil
import tempfile
import weakref
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from flask import current_app

from kg.model.errors import KGError, NotFound
from kg.model.outside_datasets import outside_datasets
from kg.outside.client import OutsideClient
from kg.outside.hosts import read_mirror
from kg.outside.record import OutsideRecords, has_records
from kg.outside.response_files import ResponseFiles
from web.outside.look_gate import LookGate

KEY = "aide-memoire.look"

# In a folder that all processes of a server share.
_CACHE_BYTES = 100_000_000
_OFF = {"", "0"}


class LookAccess:
    """Reaches other datasets for readers; nothing is opened before the first of them asks."""

    def __init__(self, enabled: bool, mirrors: Mapping[str, str], folder: str) -> None:
        """Take whether it may, who answers in place of which host, and where to cache responses.

        Without a folder it makes one that goes with the application.
        """
        self.enabled = enabled
        self.gate = LookGate()
        self._mirrors, self._configured = mirrors, folder

    @classmethod
    def of(cls, config: Mapping[str, object]) -> LookAccess:
        """Read LOOK, LOOK_LOCAL and LOOK_CACHE; KGError if one cannot be understood."""
        mirrors = _mirrors(str(config["LOOK_LOCAL"]))
        return cls(str(config["LOOK"]) not in _OFF, mirrors, str(config["LOOK_CACHE"]))

    @cached_property
    def _folder(self) -> Path:
        if self._configured:
            return Path(self._configured)
        folder = tempfile.mkdtemp(prefix="kg-look-")
        weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        return Path(folder)

    @cached_property
    def client(self) -> OutsideClient:
        """Return what sends requests: to the hosts of datasets, or to mirrors in their place."""
        return OutsideClient(self._folder, mirrors=self._mirrors, cache_bytes=_CACHE_BYTES)

    @cached_property
    def records(self) -> OutsideRecords:
        """Return what fetches records."""
        return OutsideRecords(self.client, ResponseFiles(self._folder, _CACHE_BYTES))


def can_look(dataset: str) -> bool:
    """Tell whether this server shows what a dataset says, by the dataset's id."""
    access: LookAccess = current_app.extensions[KEY]
    described = outside_datasets().get(dataset)
    return access.enabled and described is not None and has_records(described)


def look_access() -> LookAccess:
    """Return the application's access to other datasets; NotFound if the settings turn it off."""
    access: LookAccess = current_app.extensions[KEY]
    if not access.enabled:
        raise NotFound("look at other datasets on this server")
    return access


def _mirrors(setting: str) -> dict[str, str]:
    try:
        return dict(map(read_mirror, setting.split()))
    except KGError as error:
        raise KGError(f"KG_LOOK_LOCAL: {error}") from error
