"""Responses of other datasets as files: one each, by address and media types, bounded in all."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_SUFFIX, _PART = ".response", ".part"
# When the bound is reached, files are deleted down to one part of it; that it is reached is seen
# after each process has written another part.
_LEAVE, _STEP = 0.8, 0.05


@dataclass(frozen=True)
class OutsideResponse:
    """A complete response of another dataset.

    `url` is the address that it came from, after `redirects` (status and target of each);
    `fetched_at` is in seconds since 1970.
    """

    status: int
    url: str
    media_type: str
    body: bytes
    fetched_at: float
    redirects: tuple[tuple[int, str], ...] = ()
    from_cache: bool = False


class ResponseFiles:
    """A folder of responses, up to `size` bytes; the oldest are deleted first.

    Processes may share it: a file is written under another name, then renamed.
    """

    def __init__(self, folder: Path, size: int) -> None:
        """Take the folder, which need not exist."""
        self._folder, self._size = folder, size
        self._unread: float = size

    def get(self, key: str) -> OutsideResponse | None:
        """Return the response under a key; None if there is none that can be read."""
        try:
            head, _, body = self._path(key).read_bytes().partition(b"\n")
            fields = json.loads(head)
            if fields.pop("key") != key or fields.pop("size") != len(body):
                return None
            fields["redirects"] = tuple((status, url) for status, url in fields["redirects"])
            return OutsideResponse(body=body, from_cache=True, **fields)
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def put(self, key: str, response: OutsideResponse) -> None:
        """Write a response; without room on the disk nothing is written."""
        fields = {
            "key": key,
            "size": len(response.body),
            "status": response.status,
            "url": response.url,
            "media_type": response.media_type,
            "fetched_at": response.fetched_at,
            "redirects": response.redirects,
        }
        content = json.dumps(fields).encode() + b"\n" + response.body
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            self._write(self._path(key), content)
            self._make_room(len(content))

    def _path(self, key: str) -> Path:
        return self._folder / (hashlib.sha256(key.encode()).hexdigest()[:40] + _SUFFIX)

    def _write(self, path: Path, content: bytes) -> None:
        handle, name = tempfile.mkstemp(dir=self._folder, suffix=_PART)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            Path(name).replace(path)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise

    def _make_room(self, added: int) -> None:
        # The folder is read again after so many bytes, for other processes may write as well.
        self._unread += added
        if self._unread < self._size * _STEP:
            return
        self._unread = 0
        files = sorted(self._files())
        total = sum(size for _, size, _ in files)
        if total <= self._size:
            return
        for _, size, path in files:
            if total <= self._size * _LEAVE:
                break
            path.unlink(missing_ok=True)
            total -= size

    def _files(self) -> list[tuple[float, int, Path]]:
        files = []
        for path in self._folder.iterdir():
            # Parts are left by processes that were killed; whatever else is there is not ours.
            if path.suffix not in {_SUFFIX, _PART}:
                continue
            with suppress(OSError):
                status = path.stat()
                files.append((status.st_mtime, status.st_size, path))
        return files
