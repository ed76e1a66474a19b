"""What the pictures of the timeline, the map and the network draw, at which size."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from kg.model.prefixes import TERM
from kg.model.translations import format_names, gettext
from kg.terms.display import DisplayValue
from web.drawing.lines import text_width
from web.drawing.map.layout import MapLayout
from web.drawing.map.view import SHAPE
from web.drawing.network.layout import NetworkLayout
from web.drawing.timeline.layout import WIDTH, TimelineLayout
from web.exports.pictures.picture import Picture
from web.exports.pictures.world import world

# In pixels: the map; what stands below the other two; a legend's line, its sample, a letter.
_MAP_WIDTH = 1200.0
_OVERVIEW, _EMPTY = 46.0, 40.0
_LINE, _SAMPLE, _GAP, _LETTER = 18.0, 18.0, 16.0, 7.0
_OTHER = "other"


class LegendEntry(NamedTuple):
    """A kind of thing in a legend: the local name of its class, its label, where it stands."""

    kind: str
    label: str
    x: float
    y: float


def timeline_picture(
    layout: TimelineLayout | None, kinds: Iterable[DisplayValue], filters: Sequence[str]
) -> Picture:
    """Return the drawing of a timeline: the stretch that the page shows, and all of the time."""
    present = layout.kinds if layout else set()
    legend = place_legend(kinds, present, WIDTH)
    height = layout.height + _OVERVIEW if layout else _EMPTY
    content = {"layout": layout, "legend": legend, "below": height}
    return Picture(
        "timeline", WIDTH, height + _height(legend), _heading(gettext("Timeline"), filters), content
    )


def map_picture(layout: MapLayout, filters: Sequence[str]) -> Picture:
    """Return the drawing of a map: the part of the world that the page shows at first."""
    content = {"layout": layout, "world": world()}
    return Picture(
        "map", _MAP_WIDTH, _MAP_WIDTH / SHAPE, _heading(gettext("Map"), filters), content
    )


def network_picture(
    layout: NetworkLayout, kinds: Iterable[DisplayValue], names: Sequence[str]
) -> Picture:
    """Return the drawing of a network as its page lays it out."""
    present = {node.node.principal_class or _OTHER for node in layout.nodes}
    legend = place_legend(kinds, present, layout.width)
    content = {"layout": layout, "legend": legend, "below": layout.height}
    heading = _heading(gettext("Network"), [format_names(names)])
    return Picture("network", layout.width, layout.height + _height(legend), heading, content)


def place_legend(
    kinds: Iterable[DisplayValue], present: Iterable[str], width: float
) -> tuple[LegendEntry, ...]:
    """Return the kinds that are present with their places, in lines of a width in pixels."""
    here = set(present)
    named = [(kind.iri.removeprefix(TERM), kind.text) for kind in kinds]
    entries = [(name, label) for name, label in named if name in here]
    if _OTHER in here:
        entries.append((_OTHER, gettext("other")))
    placed, x, y = [], 0.0, _LINE
    for name, label in entries:
        wide = _SAMPLE + text_width(label) * _LETTER
        if x and x + wide > width:
            x, y = 0.0, y + _LINE
        placed.append(LegendEntry(name, label, round(x, 1), y))
        x += wide + _GAP
    return tuple(placed)


def _height(legend: Sequence[LegendEntry]) -> float:
    return legend[-1].y + _LINE / 2 if legend else 0.0


def _heading(view: str, parts: Sequence[str]) -> str:
    return " · ".join((view, *filter(None, parts)))
