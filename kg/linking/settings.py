"""For which things other datasets are asked, what is proposed, and where working files are."""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.model.prefixes import expand
from kg.model.text_files import read

_TABLE = Path(__file__).with_name("linking.toml")


@dataclass(frozen=True)
class LinkingSettings:
    """The table `linking.toml`; classes are IRIs."""

    asked: tuple[str, ...]
    left_out: frozenset[str]
    living: frozenset[str]
    wide: frozenset[str]
    corroborating: frozenset[str]
    rare: int
    agreement: float
    corroborating_without_kind: frozenset[str]
    days_apart: int
    doubtful: float
    most_listed: int


@cache
def linking_settings() -> LinkingSettings:
    """Return the settings."""
    table = tomllib.loads(read(_TABLE))
    return LinkingSettings(
        tuple(map(expand, table["asked"])),
        frozenset(map(expand, table["left_out"])),
        frozenset(map(expand, table["living"])),
        frozenset(map(expand, table["wide"])),
        frozenset(table["corroborating"]),
        table["rare"],
        table["agreement"],
        frozenset(table["corroborating_without_kind"]),
        table["days_apart"],
        table["doubtful"],
        table["most_listed"],
    )


def working_folder(root: Path) -> Path:
    """Return the folder of working files about links: where KG_LINKS says, else `.links`."""
    return Path(os.environ.get("KG_LINKS") or root / ".links")


@dataclass(frozen=True)
class LinkFiles:
    """The files of one dataset: the table of links, and the working files beside the tree."""

    root: Path
    dataset: str

    @property
    def folder(self) -> Path:
        """The folder of working files, which need not exist."""
        return working_folder(self.root)

    @property
    def cache(self) -> Path:
        """The folder of responses."""
        return self.folder / "cache"

    @property
    def answers(self) -> Path:
        """The file of what was asked and answered, a line for each thing."""
        return self.folder / f"{self.dataset}.answers.jsonl"

    @property
    def proposals(self) -> Path:
        """The table of proposals."""
        return self.folder / f"{self.dataset}.sssom.tsv"

    @property
    def table(self) -> Path:
        """The table of links, which is part of the graph."""
        return self.root / "kg" / "links" / f"{self.dataset}.sssom.tsv"
