"""What a build reports while it runs."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

# Called with the name of a stage and its result, each in a few words.
Progress: TypeAlias = Callable[[str, str], None]


def silent(_stage: str, _result: str) -> None:
    """Report nothing."""
