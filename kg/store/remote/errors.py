"""What can go wrong with a SPARQL engine, besides what is wrong with a query."""

from __future__ import annotations

from kg.model.errors import KGError


class EngineFailed(KGError):  # noqa: N818 - the name says what happened, as werkzeug's NotFound does
    """The SPARQL engine behind the site sent an error of its own, or what cannot be read."""


class EngineUnavailable(KGError):  # noqa: N818 - as EngineFailed
    """No SPARQL engine that holds the build answers at present."""

    # Seconds after which it is worth trying again: the engines are looked at that often.
    seconds = 5.0


class EngineSlow(EngineUnavailable):
    """An engine has not answered a question of ours in the time that it may take."""
