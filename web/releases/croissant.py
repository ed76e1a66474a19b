"""The dataset for machine learning: Croissant 1.0, with the lists of things as tables.

https://docs.mlcommons.org/croissant/docs/croissant-spec.html. Tables are written when they are
asked for, so that they have no hash here, and the dataset is "live"; the dumps have theirs.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

from flask import Blueprint, jsonify, request
from werkzeug.wrappers import Response

from kg.exports.csv_file import CSV
from kg.lists.overview import PrincipalClass, read_overview
from kg.pipeline.publication.dump_files import GZ
from kg.releases.downloads import Download, downloads
from kg.releases.history import releases
from kg.store.dump import TooManyStatements
from kg.store.store import Store
from web.exports.listing_table import COLUMNS
from web.releases.dataset import dataset_properties
from web.request.hosts import root
from web.serving.current_build import store

bp = Blueprint("croissant", __name__)

_CONTEXT = Path(__file__).with_name("croissant_context.json")
_CONFORMS = "http://mlcommons.org/croissant/1.0"


@bp.get("/data/croissant.json")
def send_croissant() -> Response:
    """Describe the dataset, its dumps and its tables in Croissant."""
    response = jsonify(_record(store(), root(request.environ)))
    response.mimetype = "application/ld+json"
    return response


def _record(store: Store, here: str) -> dict[str, Any]:
    common = dataset_properties(store, here)
    kept = ("name", "description", "license", "url", "keywords", "creator", "dateModified")
    classes = [one for one in read_overview(store).principal if one.count]
    newest, first = releases(store)[0], releases(store)[-1]
    return {
        "@context": json.loads(_CONTEXT.read_text("utf-8")),
        "@type": "sc:Dataset",
        "@id": common["@id"],
        "conformsTo": _CONFORMS,
        **{name: common[name] for name in kept if name in common},
        # Croissant wants a semantic version; the build's number is its metadata (semver, 10).
        "version": f"1.0.0+{newest.number}",
        **({"datePublished": first.published} if first.published else {}),
        "citeAs": f"{common['name']}, release {newest.number}. {here}/data",
        "isLiveDataset": True,
        "distribution": [
            *(_dump(one, here) for one in _packed(store)),
            *(_table(one, here) for one in classes),
        ],
        "recordSet": [_record_set(one) for one in classes],
    }


def _packed(store: Store) -> list[Download]:
    try:
        return [one for one in downloads(store) if one.packing == GZ]
    except TooManyStatements:
        return []


def _dump(download: Download, here: str) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": download.file,
        "name": download.file,
        "contentUrl": f"{here}/dump/{download.file}",
        "contentSize": f"{download.digest.size} B",
        "encodingFormat": download.media_type,
        "sha256": download.digest.sha256,
    }


def _table(one: PrincipalClass, here: str) -> dict[str, Any]:
    name = one.name
    return {
        "@type": "cr:FileObject",
        "@id": f"{name}.csv",
        "name": f"{name}.csv",
        "contentUrl": f"{here}/class/{quote(name)}?format=csv",
        "encodingFormat": CSV,
    }


def _record_set(one: PrincipalClass) -> dict[str, Any]:
    name = one.name
    return {
        "@type": "cr:RecordSet",
        "@id": name,
        "name": name,
        "field": [_field(name, column) for column in COLUMNS],
    }


def _field(name: str, column: str) -> dict[str, Any]:
    return {
        "@type": "cr:Field",
        "@id": f"{name}/{column}",
        "name": column,
        "dataType": "sc:URL" if column == "iri" else "sc:Text",
        "source": {"fileObject": {"@id": f"{name}.csv"}, "extract": {"column": column}},
    }
