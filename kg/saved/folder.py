"""Where saved questions are stored."""

from __future__ import annotations

from pathlib import Path

from kg.model.prefixes import ROOT
from kg.store.builds import Builds

_OFF, _BESIDE = {"", "0"}, "1"


def saved_folder(setting: str, builds: Path | None = None, tree: Path = ROOT) -> Path | None:
    """Return the folder that KG_SAVED names, by default one beside the builds; None for 0 or "".

    >>> saved_folder("1", Path("/srv/.builds")), saved_folder("1", Path("/srv/builds"))
    (PosixPath('/srv/.saved'), PosixPath('/srv/builds.saved'))
    >>> saved_folder("/var/saved"), saved_folder("0")
    (PosixPath('/var/saved'), None)
    """
    if setting in _OFF:
        return None
    if setting != _BESIDE:
        return Path(setting)
    root = Builds(builds, tree).root
    return root.with_name(".saved" if root.name == ".builds" else f"{root.name}.saved")
