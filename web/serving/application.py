"""What the server writes down of a failure: nothing that a visitor sent goes in as it is."""

from __future__ import annotations

import traceback
from types import TracebackType
from typing import Any
from urllib.parse import quote

from flask import Flask, request


class Application(Flask):
    """Flask, but a visitor cannot write lines of their own into the log."""

    def log_exception(
        self, exc_info: tuple[type, BaseException, TracebackType | None] | tuple[Any, Any, Any]
    ) -> None:
        """Write where an unforeseen failure happened, with all that was sent made plain ASCII."""
        kind, error, trace = exc_info
        where = "".join(traceback.format_tb(trace))
        self.logger.error(
            "%a %s failed\n%s%s: %a", request.method, quote(request.path), where, kind, str(error)
        )
