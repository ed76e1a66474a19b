"""The data page: the files to download, and the releases with what each changed."""

from __future__ import annotations

from flask import Blueprint, jsonify, make_response, render_template, request
from werkzeug.wrappers import Response

from kg.model.errors import KGError
from kg.model.prefixes import GRAPH
from kg.model.translations import format_decimals
from kg.pipeline.publication.release import Changes, Difference, NamedChange, Release
from kg.releases.downloads import Download, downloads
from kg.releases.history import releases
from kg.statements.documents import documents_by_iri
from kg.store.dump import TooManyStatements
from kg.terms.vocabulary import read_vocabulary
from kg.things.rdf_export import graph_names
from web import urls
from web.releases.dataset import dataset_record
from web.request.hosts import root
from web.request.offered_types import JSON, wanted
from web.serving.current_build import cached_page, store

bp = Blueprint("data_page", __name__)

_KILO = 1000
_UNITS = ("kB", "MB", "GB")


@bp.get(urls.DATA_PAGE)
def show_data() -> Response:
    """Show the files to download and the releases, or send them as JSON."""
    if wanted() != JSON:
        here = root(request.environ)
        return make_response(cached_page(f"data {here}", lambda: _render(here)))
    files, recorded = _downloads(), releases(store())
    return jsonify(
        build=store().number,
        files=[_file_record(file) for file in files],
        releases=[release_record(release) for release in recorded],
    )


@bp.app_template_global()
def current_release() -> Release | None:
    """Return the release that a page is made from; None if there is no build to serve."""
    try:
        return releases(store())[0]
    except KGError:
        # The page that says so has a footer too.
        return None


@bp.app_template_filter()
def file_size(size: int) -> str:
    """Write a number of bytes with a unit, in the reader's language.

    >>> file_size(12_599_029), file_size(4_200)
    ('12.6 MB', '4.2 kB')
    """
    value, unit = size / _KILO, 0
    while value >= _KILO and unit < len(_UNITS) - 1:
        value, unit = value / _KILO, unit + 1
    return f"{format_decimals(value)[:-1]} {_UNITS[unit]}"


def release_record(release: Release) -> dict[str, object]:
    """Return a release as JSON has it."""
    return {
        "number": release.number,
        "published": release.published or None,
        "statements": release.statements,
        "things": release.things,
        "claims": release.claims,
        "sentences": release.sentences,
        "sources": release.sources,
        "added_statements": release.added,
        "bytes": release.size,
        "sha256": release.sha256 or None,
        "changes": _changes_record(release.changes) if release.changes else None,
    }


def _changes_record(changes: Changes) -> dict[str, object]:
    return {
        "since": changes.former,
        "statements": _counts(changes.statements),
        "things": _names(changes.things),
        "sources": _names(changes.sources),
        "added_files": _names(changes.added_files),
        "changed_sources": list(changes.changed_sources),
    }


def _counts(difference: Difference) -> dict[str, object]:
    return {"added": difference.added, "removed": difference.removed}


def _names(difference: Difference) -> dict[str, object]:
    return {
        **_counts(difference),
        "added_names": [_name(name) for name in difference.names_added],
        "removed_names": [_name(name) for name in difference.names_removed],
    }


def _name(name: NamedChange) -> dict[str, str | None]:
    return {"iri": name.iri, "label": name.label or None}


def _file_record(download: Download) -> dict[str, object]:
    return {
        "url": f"{root(request.environ)}/dump/{download.file}",
        "media_type": download.media_type,
        "format": download.form.media_type,
        "graphs": "all" if download.all_graphs else "default",
        "bytes": download.digest.size,
        "sha256": download.digest.sha256,
    }


def _downloads() -> tuple[Download, ...]:
    """Return the dumps; none of a build that is too large to have any."""
    try:
        return downloads(store().complete)
    except TooManyStatements:
        return ()


def _render(here: str) -> str:
    files = _downloads()
    by_form: dict[str, list[Download]] = {}
    for file in files:
        by_form.setdefault(file.form.name, []).append(file)
    vocabulary = read_vocabulary(store())
    return render_template(
        "data.html",
        by_form=by_form,
        releases=releases(store()),
        present=lambda iri: bool(vocabulary.name(iri)) or iri in documents_by_iri(store()),
        graphs={iri.removeprefix(GRAPH) for iri in graph_names(store())},
        added=store().added,
        structured_data=dataset_record(store(), here),
    )
