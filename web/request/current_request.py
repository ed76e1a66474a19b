"""The request that Flask is answering, and the application, without their proxies."""

from __future__ import annotations

from flask import Flask, Request, current_app, request


def current_request() -> Request:
    """Return the request itself.

    Every attribute read through `flask.request` takes 0.8 µs, through this 0.1 µs. The code that
    runs at each request reads some thirty of them; any other code need not care.
    """
    current: Request = request._get_current_object()  # type: ignore[attr-defined]
    return current


def current_application() -> Flask:
    """Return the application itself, for the same reason."""
    application: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    return application
