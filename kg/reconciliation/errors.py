"""What a request for reconciliation asks too much of.

KGError
  ReconciliationLimit    more values than are sent
"""

from __future__ import annotations

from kg.model.errors import KGError


class ReconciliationLimit(KGError):  # noqa: N818 - named as LimitReached is
    """A table would have more values than are sent; none are, for a cut table looks complete."""

    def __init__(self, limit: int, what: str) -> None:
        """Record the limit and what goes beyond it."""
        super().__init__(f"{what}: at most {limit:,} are sent; use /sparql for more")
