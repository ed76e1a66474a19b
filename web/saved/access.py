"""What the settings allow of saved questions: an archive, who may save how fast, a webhook."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Mapping
from pathlib import Path

from flask import current_app

from kg.model.errors import KGError
from kg.saved.archive import QuestionArchive
from kg.saved.errors import SavingOff, SavingTooFast
from kg.saved.folder import saved_folder
from kg.saved.webhook import Webhook

KEY = "aide-memoire.saved"

# In a minute, of one address and of all, for each process of the server.
MINUTE_EACH, MINUTE = 10, 60
_SECONDS = 60.0


class SavedAccess:
    """The archive of saved questions, if the server has one, and the rate at which it grows."""

    def __init__(self, folder: Path | None, most: int, webhook: Webhook | None = None) -> None:
        """Take the folder of the archive (None: nothing is saved) and how many it may hold."""
        self.webhook = webhook
        self.pace = SavingPace()
        self._archive = QuestionArchive(folder, most) if folder else None

    @classmethod
    def of(cls, config: Mapping[str, object]) -> SavedAccess:
        """Read SAVED, SAVED_MOST, WEBHOOK and WEBHOOK_SECRET; KGError if one is not understood."""
        builds = str(config["BUILDS"])
        folder = saved_folder(str(config["SAVED"]), Path(builds) if builds else None)
        address, secret = (str(config[name]) for name in ("WEBHOOK", "WEBHOOK_SECRET"))
        webhook = Webhook(address, secret) if address else None
        return cls(folder, _number(config["SAVED_MOST"]), webhook)

    @property
    def enabled(self) -> bool:
        """Tell whether questions are saved here."""
        return self._archive is not None

    @property
    def archive(self) -> QuestionArchive:
        """Return the archive; SavingOff if there is none."""
        if self._archive is None:
            raise SavingOff
        return self._archive


class SavingPace:
    """How many questions were saved in the last minute, and by whom."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Take what tells the time in seconds."""
        self._clock = clock
        self._lock = threading.Lock()
        self._recent: deque[tuple[float, str]] = deque()

    def enter(self, client: str) -> None:
        """Count a question that a client saves; SavingTooFast beyond the limits."""
        with self._lock:
            now = self._clock()
            while self._recent and self._recent[0][0] <= now - _SECONDS:
                self._recent.popleft()
            theirs = [moment for moment, whose in self._recent if whose == client]
            if len(theirs) >= MINUTE_EACH:
                raise SavingTooFast(theirs[0] + _SECONDS - now)
            if len(self._recent) >= MINUTE:
                raise SavingTooFast(self._recent[0][0] + _SECONDS - now)
            self._recent.append((now, client))


def saved_access() -> SavedAccess:
    """Return the access of the current application to saved questions."""
    access: SavedAccess = current_app.extensions[KEY]
    return access


def can_save() -> bool:
    """Tell whether this server saves questions: pages show the control only then."""
    return saved_access().enabled


def _number(setting: object) -> int:
    try:
        return int(str(setting))
    except ValueError:
        raise KGError(f"KG_SAVED_MOST: “{setting}” is not a number of questions") from None
