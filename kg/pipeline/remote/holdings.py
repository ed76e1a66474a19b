"""What engines hold, and which of them must not be loaded with another build."""

from __future__ import annotations

from pathlib import Path

from kg.model.errors import KGError
from kg.store.builds import Builds
from kg.store.manifest import Manifest
from kg.store.remote.addresses import EngineSettings
from kg.store.remote.engine import RemoteEngine
from kg.store.remote.marker import BuildMarker
from kg.store.remote.opening import build_at, open_endpoint


def _current_number(builds: Path) -> str:
    """Return the number of the current build of a directory, "" if there is none."""
    current = Builds(builds).current()
    try:
        return Manifest.of(current).number if current else ""
    except KGError:
        return ""


def refuse_current(url: str, marker: BuildMarker | None, builds: Path) -> None:
    """Raise KGError if no other engine of KG_STORE holds the build that is served from this one."""
    if marker is None or marker.number != _current_number(builds):
        return
    settings = EngineSettings.of()
    others = [one.query for one in settings.addresses if one.query != url]
    if not any(_number_at(other) == marker.number for other in others):
        raise KGError(
            f"{url} holds build {marker.number}, which is current, and no other engine of KG_STORE "
            "does: load another one, or accept with --replace that nothing is served meanwhile"
        )


def refuse_foreign(
    engine: RemoteEngine, url: str, marker: BuildMarker | None, loading: bool
) -> None:
    """Raise KGError if an engine holds graphs, and neither a build nor a part of one."""
    graphs = [] if marker or loading else engine.named_graphs()
    if graphs:
        raise KGError(
            f"{url} holds {len(graphs):,} graphs that are no build, such as <{graphs[0].value}>: "
            "choose an empty engine, or accept with --replace that they are removed"
        )


def _number_at(url: str) -> str:
    settings = EngineSettings.of().at(url)
    try:
        endpoint, dialect = open_endpoint(settings.addresses[0], settings)
    # One that does not answer holds nothing that could be served.
    except KGError:
        return ""
    try:
        marker = build_at(RemoteEngine(endpoint, dialect))
    except KGError:
        return ""
    finally:
        endpoint.close()
    return marker.number if marker else ""
