"""Which parameters each address takes: one table, by endpoint of Flask; any other one is refused.

A slip in the name of a filter would otherwise show everything as if it were filtered. Only what
sites put on the links that lead here is no slip (`TRACKING`): it is dropped, on pages and data
alike, before an answer is looked for, so that it never breaks a page nor is part of a cache key.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import NamedTuple

from flask import Blueprint, Request
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import BadRequest

from kg.ask.question import FIELDS
from kg.lists.facets import DAYS, FACETS, TWICE
from kg.lists.sources import SOURCE_FACETS
from web.request.current_request import current_request
from web.request.negotiate import FORMAT_ALIASES
from web.request.offered_types import ANYTHING, FORM

bp = Blueprint("parameters", __name__)

TRACKING = frozenset(
    (
        *("utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content", "utm_id"),
        *("fbclid", "gclid", "dclid", "yclid", "twclid", "ttclid", "msclkid"),
    )
)
# So many wrong names are named, and so much of each.
_NAMED, _EXCERPT = 3, 40


_FORMAT_NAMES = {
    **{called: name for called, name in FORMAT_ALIASES.items() if called not in ANYTHING.types},
    **{media: name for name, media in ANYTHING.types.items()},
}


class Takes(NamedTuple):
    """The parameters that an address takes: those with one value at most, and those with many."""

    single: tuple[str, ...] = ()
    many: tuple[str, ...] = ()


_NONE = Takes()
_FORMAT, _PAGE = Takes(("format",)), Takes(("page",))
_FILTERS = (*(name for name in FACETS if name != TWICE), *DAYS)
_LIST = (*_FILTERS, "page", "format")
# What clients call a format: SPARQLWrapper sends all three, each by a short name and a media type.
FORMATS = ("format", "output", "results")

_SUGGEST, _PROPOSE = ("prefix", "cursor", "limit"), ("type", "limit")

# What is not named here takes none. `view` is read by scripts alone.
PARAMETERS = {
    "static": Takes(("v",)),
    "script_texts.send_texts": Takes(("v",)),
    "lists.show_class": Takes((*_LIST, "order"), (TWICE,)),
    "lists.show_search": Takes((*_LIST, "q", "limit"), (TWICE,)),
    "lists.show_timeline": Takes((*_LIST, "as"), (TWICE,)),
    "lists.show_map": Takes((*_LIST, "view"), (TWICE,)),
    "lists.suggest_names": Takes(("q",)),
    "ask.show_form": Takes((*FIELDS, "q", "page", "format")),
    "together.show_together": _FORMAT,
    "network.show": Takes(
        ("find", "format", "only", "layout", "form"), ("focus", "relation", "hide", "without")
    ),
    "network.data": Takes(("only", "layout", "form"), ("focus", "relation", "hide", "without")),
    "feeds.send_sources_feed": _PAGE,
    "feeds.send_thing_feed": _PAGE,
    "feeds.send_calendar": Takes(_FILTERS, (TWICE,)),
    "things.redirect_to_thing": _FORMAT,
    "thing_json.send_thing": _PAGE,
    "things.show_panel_results": _PAGE,
    "things.show_property_statements": _PAGE,
    "things.send_claim_content": _FORMAT,
    "sources.show_sources": Takes(SOURCE_FACETS),
    "sources.show_source": Takes(("format", "page")),
    "sources.show_sentence": _FORMAT,
    "statements.show_statement": _FORMAT,
    "embedded.embed_timeline": Takes((*_FILTERS, "page"), (TWICE,)),
    "embedded.embed_map": Takes(_FILTERS, (TWICE,)),
    "embedded.embed_network": Takes(
        ("only", "layout", "form"), ("focus", "relation", "hide", "without")
    ),
    "embedded.show_snippet": Takes(("url",)),
    "oembed.describe_embed": Takes(("url", "format", "maxwidth", "maxheight")),
    "references.show_reference": Takes(("format", "query")),
    "graphs.show_graph": _FORMAT,
    "data_page.show_data": _FORMAT,
    "catalogues.send_catalogue": _FORMAT,
    "link_check.show_link_check": _FORMAT,
    "reconciliation.answer": Takes(("queries", "query", "extend", "callback")),
    "reconciliation.send_suggestions": Takes((*_SUGGEST, "callback")),
    "reconciliation.show_flyout": Takes(("id", "callback")),
    "reconciliation.show_preview": Takes(("id",)),
    "reconciliation.send_proposals": Takes((*_PROPOSE, "callback")),
    "reconciliation_draft.send_draft_suggestions": Takes(_SUGGEST),
    "reconciliation_draft.show_draft_preview": Takes(("id",)),
    "reconciliation_draft.send_draft_proposals": Takes(_PROPOSE),
    "about.show_report": Takes(("page", "statement")),
    "same_as.send_equivalents": Takes(("format",), ("iri",)),
    "look.show_record": Takes(("format", "record")),
    "look.send_image": Takes(("record",)),
    "graph_store.read_graph": Takes(("graph", "default", "format")),
    "ontology.show_ontology": _FORMAT,
    "description.send_description": _FORMAT,
    "description.send_part": _FORMAT,
    "description.send_complete_description": _FORMAT,
    "description.send_named_query": _FORMAT,
    "saving.save_question": Takes(("query", "title")),
    "saved.show_question": _FORMAT,
    "answer_files.send_answer_table": Takes(("query", "format", "evidence")),
    "sparql.endpoint": Takes(
        ("query", "timeout", "evidence", "explain-empty"),
        # Updates are refused with another reason, whatever they name.
        (
            *("default-graph-uri", "named-graph-uri", *FORMATS),
            *("update", "using-graph-uri", "using-named-graph-uri"),
        ),
    ),
    "sparql.stop": Takes(("handle",)),
    "snippets.show_snippets": Takes(("query",), ("default-graph-uri", "named-graph-uri")),
    "editor_data.list_iri_labels": Takes((), ("iri",)),
}
# Addresses that people cite: each may name the build that it was cited from.
BUILD = "build"
_CITED = (
    *("things.redirect_to_thing", "things.show_thing", "things.show_panel_results"),
    *("things.show_property_statements", "statements.show_statement", "sources.show_sources"),
    *("sources.show_source", "sources.show_sentence", "lists.show_class", "lists.show_search"),
    *("lists.show_timeline", "lists.show_map", "network.show", "description.send_named_query"),
    "sparql.endpoint",
)
PARAMETERS |= {
    name: (takes := PARAMETERS.get(name, _NONE))._replace(single=(*takes.single, BUILD))
    for name in _CITED
}


def without_tracking(query: str) -> str:
    """Return the query of an address without what only says where its reader comes from.

    >>> without_tracking("q=utm_id&utm_source=x&page=2&fbclid=y")
    'q=utm_id&page=2'
    """
    if "&" not in query:
        return "" if query.partition("=")[0] in TRACKING else query
    # One of these is in each of their names: most addresses have none, and are not read further.
    if "utm_" not in query and "clid" not in query and "clkid" not in query:
        return query
    pairs = query.split("&")
    return "&".join(pair for pair in pairs if pair.partition("=")[0] not in TRACKING)


def format_of(fields: MultiDict[str, str]) -> str:
    """Return the name of the format that a request to the endpoint names, by any of its parameters.

    400 if there is more than one format.
    """
    if not any(name in fields for name in FORMATS):
        return ""
    values = [value for name in FORMATS for value in fields.getlist(name) if value]
    named = {_FORMAT_NAMES.get(value, value) for value in values}
    if len(named) > 1:
        raise BadRequest(f"there is more than one format: {', '.join(sorted(named))}; name one")
    return next(iter(named), "")


def switch_of(fields: MultiDict[str, str], name: str) -> bool:
    """Tell whether a parameter is true; without it, it is not. 400 if it is no truth value."""
    # Of what is missing, `get` raises and catches three exceptions inside: 5 µs.
    if name not in fields:
        return False
    value = fields[name].lower()
    if value not in {"true", "false", "1", "0"}:
        raise BadRequest(f"{name} is true or false, not “{value}”")
    return value in {"true", "1"}


@bp.before_app_request
def refuse_others() -> None:
    """Refuse a parameter that the address does not take, and a second value of a single one."""
    request = current_request()
    if request.endpoint is None or request.method not in {"GET", "HEAD", "POST"}:
        return
    takes = PARAMETERS.get(request.endpoint, _NONE)
    values = dict(request.args.lists())
    # Without a length the endpoint refuses the form, and says why.
    if "CONTENT_TYPE" in request.environ and _sends_form(request):
        for name, fields in request.form.lists():
            values[name] = [*values.get(name, ()), *fields]
    unknown = [name for name in values if name not in takes.single and name not in takes.many]
    if unknown:
        raise BadRequest(_about(unknown, (*takes.single, *takes.many)))
    # SPARQLWrapper sends a format in the address and the form alike.
    twice = [name for name in takes.single if name in values and len(set(values[name])) > 1]
    if twice:
        raise BadRequest(f"{_listed(twice)} may have one value here, and has more; send one")


def _sends_form(request: Request) -> bool:
    return request.mimetype == FORM and request.content_length is not None


def _about(unknown: list[str], accepted: tuple[str, ...]) -> str:
    """Name the parameters that an address does not take, similar ones, and those that it takes.

    >>> _about(["formt"], ("format", "query"))
    'this address takes no “formt”, did you mean format? It takes format, query'
    """
    suggestions = [_suggested(name, accepted) for name in unknown[:_NAMED]]
    more = f" and {len(unknown) - _NAMED} more" if len(unknown) > _NAMED else ""
    takes = f"It takes {', '.join(accepted)}" if accepted else "It takes no parameters"
    end = "?" if any("did you mean" in one for one in suggestions) else "."
    return f"this address takes no {'; no '.join(suggestions)}{more}{end} {takes}"


def _suggested(name: str, accepted: Iterable[str]) -> str:
    similar = difflib.get_close_matches(name[:_EXCERPT].lower(), accepted, n=1, cutoff=0.6)
    return f"{_listed([name])}{f', did you mean {similar[0]}' if similar else ''}"


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"“{name[:_EXCERPT]}”" for name in names)
