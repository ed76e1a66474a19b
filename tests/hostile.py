"""A graph that is legal RDF and that nobody meant for pages, as `kg build --add` takes it in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import BaseDirection, BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple

from kg.model.prefixes import GRAPH, TERM, THING, node
from kg.store.store import Store, Term

ADDED = NamedNode(GRAPH + "added/hostile")
ELSEWHERE = "http://example.org/"
MANY = 1000
LONG = 1_000_000

TYPES = (
    *("string", "boolean", "decimal", "integer", "double", "float", "date", "time", "dateTime"),
    *("dateTimeStamp", "gYear", "gMonth", "gDay", "gYearMonth", "gMonthDay", "duration"),
    *("yearMonthDuration", "dayTimeDuration", "byte", "short", "int", "long", "unsignedByte"),
    *("nonNegativeInteger", "negativeInteger", "hexBinary", "base64Binary", "anyURI", "language"),
)
FORMS = ("", " ", "x", "-1", "NaN", "INF", "1" * 5000, "true", "2018-02-30", "2018-04-13Z", "1e9")
DAYS = (
    *("0000-01-01", "-0044-03-15", "99999-01-01", "2018-02-30", "9999-12-31", "0001-01-01"),
    *("2018-13", "2018-04", "0000", "-0044", "99999", "2018-W01-1", "20180413", "2018-04-13Z"),
    *("2018-04-13T24:00:00", "2018-04-13T10:00:00+14:00", "yesterday", "", " ", "--04-13"),
    *("٢٠١٨-٠٤-١٣", "2018-04-13 ", "-", "2018-"),
)
DATES = ("date", "startDate", "endDate", "attested", "earliest", "latest")
DATES += ("firstAttested", "lastAttested")
POINTS = (
    *("POINT(999 999)", "POINT(-180.1 0)", "POINT(0 90.1)", "POINT(180 90)", "POINT(0 -90)"),
    *("POINT(1.2.3 4)", "POINT(. .)", "POINT()", "POINT EMPTY", "POINT Z(1 2 3)", "POLYGON((0 0))"),
    *(f"POINT({'9' * 400} 0)", f"POINT(0.{'0' * 400}1 0)", "<http://example.org/crs> POINT(1 2)"),
    *("", "POINT(NaN 0)", "POINT(٣ ٤)", "point(13 50)"),
)
TAGS = ("x-private", "i-klingon", "zh-hant-tw-x-a", "de-ch-1996", "en-gb-oed", "qaa-qaax-qm-x-s")
# What cannot name an element of XML.
NAMELESS = tuple(ELSEWHERE + end for end in ("", "ns#", "123", "a(b)", "a?b=1(", "%20", "-"))
UNWRITABLE = "one\x01two\x00three\ufffefour"
CYCLES = ("partOf", "locatedIn", "inResponseTo", "hasMember", "memberOf", "actsFor", "succeeds")

LABEL, TYPE = node("rdfs:label"), node("rdf:type")
WKT = node("geo:wktLiteral")


def thing(slug: str) -> NamedNode:
    """Return a thing of ours."""
    return NamedNode(THING + slug)


def term(name: str) -> NamedNode:
    """Return a term of ours."""
    return NamedNode(TERM + name)


def hostile(real: Store) -> Store:
    """Return a store that holds another and all of this, in a graph and in the default graph."""
    quads = real.quads()
    classes = _of_kind(quads, "owl:Class")
    properties = _of_kind(quads, "owl:ObjectProperty") + _of_kind(quads, "owl:DatatypeProperty")
    graphs = (ADDED, DefaultGraph())
    added = [*dict.fromkeys(_triples(classes, properties))]
    return Store.of(
        [*quads, *(Quad(t.subject, t.predicate, t.object, g) for t in added for g in graphs)],
        "hostile",
    )


def slugs() -> list[str]:
    """Return the slugs of the things, of a kind each."""
    dated = [f"dated-{number}" for number in range(len(DAYS))]
    placed = [f"placed-{number}" for number in range(len(POINTS))]
    rings = [f"ring-{name}-0" for name in CYCLES]
    single = [
        "hub",
        "windy",
        "typed",
        "tongues",
        "nodes",
        "nameless",
        "unwritable",
        "kinds",
        "motley",
    ]
    return [*single, "named", "anonymous", "every", "officer", "office", *dated, *placed, *rings]


def _of_kind(quads: Iterable[Quad], kind: str) -> list[NamedNode]:
    found = {q.subject for q in quads if q.predicate == TYPE and q.object == node(kind)}
    ours = [n for n in found if isinstance(n, NamedNode) and n.value.startswith(TERM)]
    return sorted(ours, key=str)


def _triples(classes: list[NamedNode], properties: list[NamedNode]) -> Iterator[Triple]:
    yield from _hub()
    yield from _literals()
    yield from _nodes()
    yield from _names(classes)
    yield from _cycles()
    for number, day in enumerate(DAYS):
        yield from _dated(f"dated-{number}", f"tenure-{number}", day)
    for number, wkt in enumerate(POINTS):
        yield from _placed(f"placed-{number}", wkt)
    yield from _every(properties)


def _hub() -> Iterator[Triple]:
    """Yield a thing with very many statements each way, and one with as many properties."""
    yield from _called("hub", "State", "Person")
    for number in range(MANY):
        event = thing(f"spoke-{number}")
        yield Triple(event, TYPE, term("Event"))
        yield Triple(event, LABEL, Literal(f"spoke {number}", language="en"))
        yield Triple(event, term("participant"), thing("hub"))
        yield Triple(thing("hub"), term("participatesIn"), event)
        yield Triple(thing("hub"), term("population"), Literal(number))
        yield Triple(thing("hub"), node("skos:note"), Literal(f"note {number}"))
    yield from _called("motley", "Event")
    for number in range(MANY):
        name = NamedNode(f"{ELSEWHERE}property/p{number}")
        yield Triple(thing("motley"), name, thing("hub"))
        yield Triple(thing("hub"), name, thing("motley"))


def _literals() -> Iterator[Triple]:
    for slug in ("windy", "typed", "tongues"):
        yield from _called(slug, "Event")
    for name in ("rdfs:label", "rdfs:comment", "skos:altLabel", "dip:date", "dip:population"):
        yield Triple(thing("windy"), node(name), Literal("w" * LONG, language="en"))
        yield Triple(thing("windy"), node(name), Literal("w " * (LONG // 2)))
    for form in FORMS:
        for name in TYPES:
            literal = Literal(form, datatype=node(f"xsd:{name}"))
            yield Triple(thing("typed"), NamedNode(f"{ELSEWHERE}{name}"), literal)
            yield Triple(thing("typed"), term("population"), literal)
    for tag in TAGS:
        yield Triple(thing("tongues"), LABEL, Literal(f"in {tag}", language=tag))
    for direction in (BaseDirection.RTL, BaseDirection.LTR):
        both = Literal("both ways", language="ar", direction=direction)
        yield Triple(thing("tongues"), LABEL, both)


def _nodes() -> Iterator[Triple]:
    """Yield blank nodes, triple terms and names without a local part."""
    for slug in ("nodes", "nameless", "unwritable"):
        yield from _called(slug, "Event")
    here, blank = thing("nodes"), BlankNode("b1")
    said = Triple(here, term("participant"), Triple(thing("hub"), LABEL, Literal("x")))
    for other in (blank, said, Triple(blank, LABEL, blank)):
        yield Triple(here, term("participant"), other)
        yield Triple(here, LABEL, other)
        yield Triple(here, TYPE, other)
        yield Triple(here, node("rdf:reifies"), other)
    yield Triple(blank, term("participant"), here)
    yield Triple(blank, TYPE, term("Event"))
    for iri in NAMELESS:
        for subject, object_ in ((thing("nameless"), NamedNode(iri)), (NamedNode(iri), here)):
            yield Triple(subject, NamedNode(iri), object_)
            yield Triple(subject, TYPE, NamedNode(iri))
            yield Triple(subject, term("participant"), object_)
    yield Triple(thing("nameless"), node("rdf:li"), Literal("x"))
    for name in ("rdfs:label", "rdfs:comment", "dip:date"):
        yield Triple(thing("unwritable"), node(name), Literal(UNWRITABLE))


def _names(classes: list[NamedNode]) -> Iterator[Triple]:
    """Yield a thing of very many classes, one of thousands of names and one without any."""
    yield Triple(thing("kinds"), LABEL, Literal("of all kinds"))
    foreign = (NamedNode(f"{ELSEWHERE}class/{number}") for number in range(MANY))
    unknown = (term(f"Class{number}") for number in range(MANY))
    for kind in (*classes, *foreign, *unknown):
        yield Triple(thing("kinds"), TYPE, kind)
    yield Triple(thing("named"), TYPE, term("State"))
    for number in range(3 * MANY):
        yield Triple(thing("named"), LABEL, Literal(f"name {number}", language="aa"))
        yield Triple(thing("named"), node("skos:altLabel"), Literal(f"also {number}"))
    yield Triple(thing("anonymous"), term("participant"), thing("hub"))
    for empty in (Literal(""), Literal("  ", language="en"), thing("hub")):
        yield Triple(thing("every"), LABEL, empty)


def _cycles() -> Iterator[Triple]:
    for name in CYCLES:
        for number in range(3):
            slug, following = f"ring-{name}-{number}", f"ring-{name}-{(number + 1) % 3}"
            yield from _called(slug, "Event", "Place", "Agent")
            yield Triple(thing(slug), term(name), thing(following))
            yield Triple(thing(slug), term(name), thing(slug))
            yield Triple(term(f"Ring{number}"), node("rdfs:subClassOf"), term(f"Ring{1 - number}"))
            yield Triple(thing(slug), TYPE, term(f"Ring{number}"))
            replaced = thing(f"replaced-{(number + 1) % 3}")
            yield Triple(thing(f"replaced-{number}"), node("dcterms:isReplacedBy"), replaced)


def _dated(slug: str, tenure: str, day: str) -> Iterator[Triple]:
    """Yield an event and a tenure with a date in every place for one."""
    yield from _called(slug, "Meeting")
    yield from _called(tenure, "Tenure")
    yield from _called("officer", "Person")
    yield from _called("office", "Position")
    literal = Literal(day, datatype=node("xsd:date"))
    for name in DATES:
        yield Triple(thing(slug), term(name), literal)
        yield Triple(thing(slug), term(name), Literal(day))
        yield Triple(thing(f"{slug}-{name}"), term("earliest"), Literal("2018-04-13"))
        yield Triple(thing(f"{slug}-{name}"), term(name), literal)
        yield from _called(f"{slug}-{name}", "Meeting")
        yield Triple(thing(tenure), term(name), literal)
    yield Triple(thing(slug), term("participant"), thing("officer"))
    yield Triple(thing(tenure), term("holder"), thing("officer"))
    yield Triple(thing(tenure), term("positionHeld"), thing("office"))
    yield Triple(thing("office"), term("positionIn"), thing("hub"))


def _placed(slug: str, wkt: str) -> Iterator[Triple]:
    yield from _called(slug, "Place")
    point = NamedNode(f"{THING}{slug}#point")
    yield Triple(thing(slug), node("geo:hasGeometry"), point)
    yield Triple(point, node("geo:asWKT"), Literal(wkt, datatype=WKT))
    yield Triple(thing(slug), node("geo:asWKT"), Literal(wkt))
    yield Triple(thing("officer"), term("location"), thing(slug))


def _every(properties: list[NamedNode]) -> Iterator[Triple]:
    """Yield a thing with every kind of value of every property, those of tenses and claims too."""
    here = thing("every")
    for kind in ("Event", "Claim", "State", "Person", "Place", "Tenure", "Instrument", "Source"):
        yield Triple(here, TYPE, term(kind))
    values: list[Term] = [Literal("x"), Literal(""), BlankNode("b2"), NamedNode("urn:x:1"), here]
    values += [ADDED, Triple(here, LABEL, Literal("x")), thing("hub"), thing("nobody")]
    for name in properties:
        for value in values:
            yield Triple(here, name, value)
        yield Triple(thing("hub"), name, here)
        yield Triple(BlankNode("b2"), name, here)


def _called(slug: str, *kinds: str) -> Iterator[Triple]:
    yield Triple(thing(slug), LABEL, Literal(slug.replace("-", " "), language="en"))
    for kind in kinds:
        yield Triple(thing(slug), TYPE, term(kind))
