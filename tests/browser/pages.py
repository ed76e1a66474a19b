"""Every kind of page, one of each: what the browser tests, the weighing and the shots visit."""

from urllib.parse import quote

from pyoxigraph import NamedNode

from kg.index.statement_keys import statement_key
from kg.model.prefixes import THING, node
from kg.model.source_texts import tree_texts
from kg.pipeline.examples import shown
from kg.sparql.named_queries import named_query

# That Japan signed a statement: the key is the same in every build.
STATEMENT_KEY = statement_key(
    NamedNode(THING + "g7-statement-on-skripal"), node("dip:signatory"), NamedNode(THING + "japan")
)


def asking(name: str) -> str:
    return "/sparql?query=" + quote(shown(named_query(tree_texts(), name)))


_FAULT = "/sparql?query=" + quote("SELECT ?x WHERE { ?x }")
_EMPTY = "/sparql?query=" + quote("SELECT ?x { ?x <http://example.org/nothing> 1 }")
_GRAPH = "/sparql?query=" + quote(
    "DESCRIBE <https://w3id.org/aide-memoire/id/kuril-islands-dispute>"
)

# Things: their pages are what the site is for, and what its promises of weight are about.
ENTITIES = {
    "state": "/page/japan",
    "person": "/page/shinzo-abe",
    "organisation": "/page/g7",
    "group": "/page/the-west",
    "position": "/page/prime-minister-of-japan",
    "place": "/page/sochi",
    "territory": "/page/southern-kurils",
    "dispute": "/page/kuril-islands-dispute",
    "event": "/page/skripal-attack",
    "planned event": "/page/year-of-japan-russia-celebration",
    "measure": "/page/expulsions-2018",
    "abstention": "/page/japan-no-expulsion",
    "instrument": "/page/g7-statement-on-skripal",
    "policy": "/page/new-approach",
    "aim": "/page/japan-demand-for-islands",
    "stance": "/page/japan-declines-uk-claim",
    "claim": "/page/uk-holds-russia-responsible",
    "document": "/page/nikkei-op-ed",
}

OTHERS = {
    "home": "/",
    "all of a property": "/page/japan/to/actor",
    "all of a panel": "/page/japan/panel/events",
    "class": "/class/Event",
    "narrowed class": "/class/Event?actor=japan&year=2018",
    "search": "/search?q=skripal",
    "search with a slip": "/search?q=skrpal",
    "search without hits": "/search?q=qqqqqq",
    "search form": "/search",
    "timeline": "/timeline",
    "timeline of some days": "/timeline?from=2018-04&until=2018-04",
    "map": "/map",
    "network": "/network?focus=skripal-attack",
    "network to start from": "/network",
    "about": "/about",
    "report of an error": "/report?page=/page/japan",
    "two things together": "/together/japan/russia",
    "plain words": "/ask?q=who+expelled+diplomats",
    "form": "/ask",
    "form with rows": "/ask?who=japan&whom=russia",
    "form with claims": "/ask?who=russia&did=Attack",
    "form without rows": "/ask?who=japan&did=War",
    "form with choices": "/ask?who=abe",
    "sources": "/sources",
    "data": "/data",
    "source": "/source/japan-russia-2018",
    "sentence": "/source/japan-russia-2018/p13s3",
    "statement": "/statement/" + STATEMENT_KEY,
    "citing a page": "/cite/page/japan",
    "embedding": "/embed?url=/map",
    "embedded timeline": "/embed/timeline?actor=japan",
    "embedded map": "/embed/map",
    "embedded network": "/embed/network?focus=skripal-attack",
    "embedded statement": "/embed/statement/" + STATEMENT_KEY,
    "ontology": "/ontology",
    "graph": "/graph/links",
    "links": "/links",
    "check of links": "/links/check",
    "reconciliation": "/reconcile",
    "query": "/sparql",
    "query with rows": asking("strikes-on-syria"),
    "query with a graph": _GRAPH,
    "query without rows": _EMPTY,
}

# Pages that come with a status of failure.
FAULTS = {
    "query with a fault": (_FAULT, 400),
    "not found": ("/page/japn", 404),
    "no such class": ("/class/Stat", 404),
}

PAGES = ENTITIES | OTHERS | {name: path for name, (path, _) in FAULTS.items()}
STATUS = {name: status for name, (_, status) in FAULTS.items()}
