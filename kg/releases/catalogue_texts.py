"""What the descriptions of the dataset say in words: `catalogue.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).with_name("catalogue.toml")
_AUTHORITY = "http://publications.europa.eu/resource/authority/"
THEMES = _AUTHORITY + "data-theme"


@dataclass(frozen=True)
class ServiceText:
    """A service: what it is, its path and that of its description, what it conforms to."""

    title: str
    description: str
    path: str
    describedby: str
    conforms: str


@dataclass(frozen=True)
class CatalogueTexts:
    """Titles, descriptions and terms of authority tables, as their IRIs."""

    publisher: str
    catalogue_title: str
    catalogue_description: str
    dataset_title: str
    dataset_description: str
    keywords: tuple[str, ...]
    theme: str
    area: str
    licence_type: str
    labels: Mapping[str, str]
    series_title: str
    series_description: str
    licence_title: str
    licence: str
    access: str
    frequency: str
    availability: str
    languages: Mapping[str, str]
    formats: Mapping[str, str]
    services: Mapping[str, ServiceText]


@cache
def catalogue_texts() -> CatalogueTexts:
    """Read the file."""
    fields: dict[str, Any] = tomllib.loads(_FILE.read_text("utf-8"))
    authority = fields["authority"]
    plain = {
        f"{name}_{key}": fields[name][key]
        for name in ("catalogue", "dataset", "series")
        for key in ("title", "description")
    }
    return CatalogueTexts(
        publisher=fields["publisher"],
        **plain,
        keywords=tuple(fields["dataset"]["keywords"]),
        theme=f"{THEMES}/{fields['dataset']['theme']}",
        area=fields["dataset"]["area"],
        licence_type=fields["licence"]["type"],
        labels=_labels(fields),
        licence_title=fields["licence"]["title"],
        licence=f"{_AUTHORITY}licence/{fields['licence']['authority']}",
        **{name: _AUTHORITY + authority[name] for name in ("access", "frequency", "availability")},
        languages={tag: _AUTHORITY + name for tag, name in authority["languages"].items()},
        formats={form: _AUTHORITY + name for form, name in authority["formats"].items()},
        services={name: ServiceText(**text) for name, text in fields["services"].items()},
    )


def _labels(fields: Mapping[str, Any]) -> dict[str, str]:
    """Return the English labels of the concepts named, by their IRI."""
    theme = f"{THEMES}/{fields['dataset']['theme']}"
    return {
        THEMES: fields["dataset"]["theme_scheme"],
        theme: fields["dataset"]["theme_label"],
        _AUTHORITY + fields["authority"]["availability"]: fields["authority"]["availability_label"],
        fields["licence"]["type"]: fields["licence"]["type_label"],
    }
