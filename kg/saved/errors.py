"""Why a question is not saved.

SavingOff          the server's owner has turned saving off
ArchiveFull        there is no room for another question
ArchiveUnwritable  the server may not write to its folder
SavingTooFast      one address saves more than it may in a minute (a BudgetSpent)
"""

from __future__ import annotations

from kg.model.errors import BudgetSpent, KGError


class SavingOff(KGError):  # noqa: N818 - the name says what happened, as werkzeug's NotFound does
    """Saving is turned off on this server."""

    def __init__(self) -> None:
        """Say so, and who decides it."""
        super().__init__("this server saves no questions: its owner has turned it off (KG_SAVED)")


class ArchiveFull(KGError):  # noqa: N818 - as above
    """The archive of saved questions has no room for another one."""

    def __init__(self, what: str) -> None:
        """Say what it is full of."""
        super().__init__(
            f"the question is not saved: this server's archive already has {what}; keep the "
            "address of the query page instead, which holds the query"
        )


class ArchiveUnwritable(KGError):  # noqa: N818 - as above
    """The archive of saved questions cannot be written."""

    def __init__(self, reason: str) -> None:
        """Record the reason, as the system has it."""
        self.reason = reason
        super().__init__(
            f"the question is not saved: this server cannot write its archive ({reason}); "
            "its owner may name another folder with KG_SAVED"
        )


class SavingTooFast(BudgetSpent):
    """An address has saved as many questions as it may in a minute."""

    _WORDS = "your address has saved as many questions as it may in a minute"
