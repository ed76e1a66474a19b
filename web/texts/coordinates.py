"""Coordinates of a place in words: degrees north and east, as the reader's language writes them."""

from __future__ import annotations

from typing import Protocol

from kg.model.translations import format_decimals, gettext, gettext_noop

# By whether it lies north of the equator, and east of Greenwich.
_FORMS = {
    (True, True): gettext_noop("%(latitude)s° N, %(longitude)s° E"),
    (True, False): gettext_noop("%(latitude)s° N, %(longitude)s° W"),
    (False, True): gettext_noop("%(latitude)s° S, %(longitude)s° E"),
    (False, False): gettext_noop("%(latitude)s° S, %(longitude)s° W"),
}


class Located(Protocol):
    """What lies somewhere, in degrees."""

    @property
    def latitude(self) -> float:
        """Degrees north."""

    @property
    def longitude(self) -> float:
        """Degrees east."""


def format_coordinates(place: Located) -> str:
    """Write where a place lies, in hundredths of a degree.

    >>> from types import SimpleNamespace
    >>> format_coordinates(SimpleNamespace(latitude=-35.5, longitude=139.7))
    '35.50° S, 139.70° E'
    """
    north, east = (format_decimals(abs(degrees)) for degrees in (place.latitude, place.longitude))
    form = _FORMS[place.latitude >= 0, place.longitude >= 0]
    return gettext(form, latitude=north, longitude=east)
