"""The web application: configuration, store, blueprints, headers."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

from flask import Flask

import kg
from kg.builds import Current
from kg.statement import by_subject
from kg.store import Store
from web import entities, errors, graph, graphs, headers, pages, sources, urls
from web.log import Site
from web.ontology import bp as ontology_bp
from web.sparql import bp as sparql_bp

# Each may be set in the environment with KG_ before its name.
DEFAULTS: dict[str, Any] = {"BUILDS": ""}

_SHAPING = {".py", ".rq", ".html", ".css", ".js", ".svg"}
_YEAR = 365 * 24 * 60 * 60
_MEGABYTE = 1_000_000


def create_app(config: Mapping[str, Any] | None = None, store: Store | None = None) -> Flask:
    """Make the application; settings are defaults, then KG_* of the environment, then `config`.

    With `store` it serves that store; else the current build, following the pointer.
    """
    app = Site(__name__, static_folder="assets", static_url_path="/assets")
    app.config.update(DEFAULTS, REVISION=_revision())
    app.config.update({n: os.environ["KG_" + n] for n in DEFAULTS if "KG_" + n in os.environ})
    app.config.update(config or {})
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = _YEAR
    app.config["MAX_CONTENT_LENGTH"] = _MEGABYTE
    app.config["MAX_FORM_MEMORY_SIZE"] = _MEGABYTE
    app.url_map.merge_slashes = False
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    builds = Path(app.config["BUILDS"]) if app.config["BUILDS"] else None
    graph.provide(app, (lambda: store) if store else Current(builds).store)
    for part in (pages, entities, sources, graphs, errors, headers):
        app.register_blueprint(part.bp)
    for bp in (ontology_bp, sparql_bp):
        app.register_blueprint(bp)
    app.jinja_env.filters["by_subject"] = by_subject
    app.jinja_env.globals.update(urls=urls, revision=app.config["REVISION"])
    return app


def _revision() -> str:
    """Hash all that shapes an answer besides the build, for ETags and assets' URLs."""
    digest = hashlib.sha256(version("pyoxigraph").encode())
    for path in sorted(_shaping()):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:8]


def _shaping() -> Iterator[Path]:
    for package in (Path(__file__).parent, Path(str(kg.__file__)).parent):
        yield from (path for path in package.rglob("*") if path.suffix in _SHAPING)
