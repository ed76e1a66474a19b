"""The site over HTTP: the application's settings, and how its parts are wired.

    root_path  what every path begins with: the prefix of the site, and a language
    urls       every address of the site
    request    what a request says: bounds, arguments, decisions
    serving    what stands around the views: build, cache, headers, running of queries
    errors     which error becomes which status; did_you_mean: names like one that does not exist
    exports    lists and results as tables to download
    cite       statements by their keys, permalinks, references
    ask        a form of questions, two things together
    texts      the interface's texts in the reader's language
    programs   things as JSON, for programs
    saved      saved questions: their answers then and now
    links      links to other datasets, for readers
    about      what the site is, whom to write to, reports of errors
    pages      pages for readers; query: the query editor; drawing: maps, graphs and time lines
    outside    what linked datasets say of a thing, asked for when a reader wants it
    protocol   SPARQL, graphs, feeds, dumps: data for programs
    reconciliation  names in tables of others to things here
    embed      pages for frames of other sites, and oEmbed
    edge       the processes that serve: connections, deadlines, threads

The way of a request: `edge` reads it; `request.served_path` takes prefix and language off its path;
`serving.bounds_check` refuses what is too large; `serving.response_cache` sends what is cached, and
the result of a plain query; else a view of `pages` or `protocol` asks `kg`, and renders a template
or serialises the result; `serving.headers` adds the entity tag.
Nothing imports upwards in this list but for `edge`, which only `web.__main__` imports.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

import kg
from kg.federation.federation import Federation
from kg.model.languages import LANGUAGES, current_language
from kg.statements.statement import group_by_subject
from kg.store.builds import Current
from kg.store.manifest import PAGES_QUADS
from kg.store.store import Store
from kg.workers.pool import InProcessRunner, QueryRunner, WorkerPool
from kg.workers.query_limits import Limits, remote_slots
from kg.workers.supervisor import Supervisor
from web import errors, urls
from web.about import about
from web.about.contact import contact_address
from web.ask import form_page, together_page
from web.cite import permalink, references, statements
from web.embed import embedded, oembed
from web.links import check, overview
from web.outside import look
from web.pages import crawlers, home, lists, network, ontology, sources, things
from web.programs import agent_texts, notebook, thing_json
from web.programs.openapi import openapi_json
from web.protocol import (
    answer_files,
    changes_feed,
    description,
    feeds,
    graph_store,
    graphs,
    monitoring,
    same_as,
    sparql,
)
from web.query import editor_data, layouts, snippets
from web.reconciliation import draft, published
from web.relay_server import serve_relay
from web.releases import catalogues, citation_file, croissant, data_page, dumps, signposting
from web.request import bounds, hosts, language, parameters
from web.request.served_path import ServedPath, refuse_taken
from web.root_path import FilesRoot, PagesRoot
from web.saved import question_page, saving
from web.serving import current_build, headers
from web.serving.bounds_check import BoundsCheck
from web.serving.cache import Cache
from web.serving.current_build import BuildSource
from web.serving.flask_application import Application
from web.serving.observe import Observer
from web.serving.public_queries import KEY, PublicQueries
from web.serving.response_cache import ResponseCache
from web.texts import script_texts
from web.texts.template_texts import EXTENSION, translate_templates

# Each may be set in the environment with KG_ before its name.
DEFAULTS: dict[str, Any] = {
    "BUILDS": "",
    "ACCESS_LOG": "0",
    "CACHE_BYTES": 64_000_000,
    "HOSTS": "",
    "PROXIES": 0,
    "PUBLIC_URL": "",
    "CONTACT": "",
    "SERVICE_ENDPOINTS": "",
    "SERVICE_LOCAL": "",
    "LOOK": "1",
    "LOOK_LOCAL": "",
    "LOOK_CACHE": "",
    "SAVED": "1",
    "SAVED_MOST": 10_000,
    "WEBHOOK": "",
    "WEBHOOK_SECRET": "",
    **{name.upper(): value for name, value in asdict(Limits()).items()},
}

# Assets may stay in caches so long: their URLs hold the revision.
_YEAR = 365 * 24 * 60 * 60
_FIXED = {
    "SEND_FILE_MAX_AGE_DEFAULT": _YEAR,
    "MAX_CONTENT_LENGTH": bounds.BODY,
    "MAX_FORM_MEMORY_SIZE": bounds.BODY,
    "MAX_FORM_PARTS": bounds.PARAMETERS,
}
_PARTS = (
    *(part.bp for part in (hosts, parameters, language, permalink, script_texts)),
    *(part.bp for part in (home, monitoring, crawlers, lists, network, feeds, things, sources)),
    *(part.bp for part in (graphs, graph_store, errors, headers, ontology, sparql)),
    *(part.bp for part in (snippets, editor_data, layouts, description, dumps)),
    *(part.bp for part in (answer_files, check, overview, same_as, look)),
    *(part.bp for part in (about, published, draft, thing_json)),
    *(part.bp for part in (statements, references, embedded, oembed)),
    *(part.bp for part in (saving, question_page, changes_feed, notebook)),
    *(part.bp for part in (form_page, together_page, agent_texts, openapi_json)),
    *(part.bp for part in (data_page, catalogues, citation_file, croissant, signposting)),
)
_SHAPING = {".py", ".rq", ".html", ".css", ".js", ".svg", ".json", ".toml", ".po", ".txt"}


def create_app(
    config: Mapping[str, Any] | None = None,
    store: Store | None = None,
    runner: QueryRunner | None = None,
) -> Flask:
    """Make the application; settings are defaults, then KG_* of the environment, then `config`.

    With `store` it serves that store; else the current build, following the pointer. Queries of
    the public go to `runner`; else to `store`, in this process, or to a pool of workers.
    """
    app = Application(__name__, static_folder="static", static_url_path="/assets")
    app.config.update(_settings(config or {}))
    # A path with two slashes in a row is no address of the site: 404, not a redirect.
    app.url_map.merge_slashes = False
    app.json.ensure_ascii = app.json.sort_keys = False  # type: ignore[attr-defined]
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True, "extensions": [EXTENSION]}
    builds = Path(app.config["BUILDS"]) if app.config["BUILDS"] else None
    current = Current(builds, most=PAGES_QUADS, ours=True)
    source = BuildSource(current.store, current.at_hand)
    if store:
        source = BuildSource(lambda: store, lambda: store)
    # Pages that depend on the build alone, apart from responses, as queries could evict them.
    rendered = Cache(int(app.config["CACHE_BYTES"]) // 4)
    current_build.provide(app, source.current, rendered, lambda: None if store else current.trouble)
    for bp in _PARTS:
        app.register_blueprint(bp)
    _prepare_templates(app)
    _add_middleware(app, source, runner or _runner(app.config, store))
    return app


def _settings(config: Mapping[str, Any]) -> dict[str, Any]:
    environment = {n: os.environ["KG_" + n] for n in DEFAULTS if "KG_" + n in os.environ}
    slots = remote_slots({"STORE": os.environ.get("KG_STORE")})
    settings = {**DEFAULTS, "REVISION": _revision(), **slots, **environment, **config, **_FIXED}
    settings["PUBLIC_URL"] = hosts.public_address(settings["PUBLIC_URL"])
    settings["CONTACT"] = contact_address(settings["CONTACT"])
    return settings


def _prepare_templates(app: Flask) -> None:
    translate_templates(app)
    app.jinja_env.filters["by_subject"] = group_by_subject
    app.jinja_env.globals.update(
        urls=urls,
        root=PagesRoot(),
        files=FilesRoot(),
        revision=app.config["REVISION"],
        font=_font(),
        flags=_flags(),
        languages=LANGUAGES,
        language=current_language,
    )


def _runner(config: Mapping[str, Any], store: Store | None) -> QueryRunner:
    if store:
        return InProcessRunner(store.complete, Federation.of(config, serve_relay))
    return WorkerPool(_fork_server(config), Limits.of(config))


def _add_middleware(app: Flask, source: BuildSource, runner: QueryRunner) -> None:
    """Wrap the application: proxies, then the path, then bounds, then the cache, then Flask."""
    config = app.config
    observer = Observer(log=str(config["ACCESS_LOG"]) not in {"", "0"})
    queries = PublicQueries(runner, observer, Limits.of(config))
    app.extensions[KEY] = queries
    cache = Cache(int(config["CACHE_BYTES"]))
    answered, revision = hosts.names(config["HOSTS"]), config["REVISION"]
    cached = ResponseCache(app.wsgi_app, queries, cache, source, revision, answered)
    prefix = hosts.public_prefix(config["PUBLIC_URL"])
    refuse_taken(prefix, (rule.rule for rule in app.url_map.iter_rules()))
    served = ServedPath(BoundsCheck(cached), prefix)
    n = int(config["PROXIES"])
    behind = ProxyFix(served, x_for=n, x_proto=n, x_host=n, x_prefix=n) if n else served
    app.wsgi_app = behind  # type: ignore[method-assign]


def _fork_server(config: Mapping[str, Any]) -> Path:
    """Return the socket of the server's fork server, or start one for this application."""
    # All worker processes share one, and with it one graph in memory.
    if "FORK_SERVER" in config:
        return Path(config["FORK_SERVER"])
    settings = {name: config[name] for name in DEFAULTS if config[name] != ""}
    return Supervisor("web.forkserver", settings).socket


def _font() -> str:
    """Name the file of the font that every page needs, so that it is fetched with the page."""
    fonts = sorted((Path(__file__).parent / "static").glob("source-serif-4-latin-400-*.woff2"))
    return fonts[0].name if fonts else ""


def _flags() -> frozenset[str]:
    """Name the states that have a flag, by their codes of two letters (ISO 3166-1)."""
    return frozenset(path.stem for path in (Path(__file__).parent / "static/flags").glob("*.svg"))


def _revision() -> str:
    """Hash all that shapes an answer besides the build, for ETags and assets' URLs."""
    digest = hashlib.sha256(version("pyoxigraph").encode())
    for path in sorted(_shaping()):
        digest.update(path.read_bytes())
    # The engine's version counts, as it writes results and orders them.
    return digest.hexdigest()[:8]


def _shaping() -> Iterator[Path]:
    here, graph_code = Path(__file__).parent, Path(str(kg.__file__)).parent
    yield from (path for path in here.rglob("*.py") if "node_modules" not in path.parts)
    for folder in (here / "templates", here / "static", here / "programs", graph_code):
        yield from (path for path in folder.rglob("*") if path.suffix in _SHAPING)
