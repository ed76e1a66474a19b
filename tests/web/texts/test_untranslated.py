"""No page in Japanese or Russian has English words of the interface.

English may be: names that nobody has translated, which are marked or are the names of things in the
graph; what is marked as English (definitions, titles, details of errors); code and identifiers; the
names of standards, formats, datasets and licences.
"""

import re
from collections.abc import Iterator
from urllib.parse import quote
from xml.etree.ElementTree import Element

import html5lib
import pytest
from flask.testing import FlaskClient

from kg.model.languages import DEFAULT, LANGUAGES
from kg.model.outside_datasets import outside_datasets
from kg.model.prefixes import SOURCE, THING, expand
from kg.store.store import Store
from kg.terms.literals import text
from web import create_app

PREFIX = "PREFIX dip: <https://w3id.org/aide-memoire/ontology#> "
QUERY = quote(f"{PREFIX} SELECT ?x {{ ?x a dip:State }} LIMIT 5")
EMPTY = quote(f"{PREFIX} SELECT * {{ ?x a dip:Nothing }}")
SOURCE_PAGE = "/source/japan-russia-2018"
NAMING = ("rdfs:label", "skos:altLabel", "dcterms:title")
PAGES = {
    "home": "/",
    "state": "/page/japan",
    "person": "/page/shinzo-abe",
    "event": "/page/skripal-attack",
    "planned event": "/page/year-of-japan-russia-celebration",
    "claim": "/page/uk-holds-russia-responsible",
    "disputed": "/page/kuril-islands-dispute",
    "class": "/class/Event",
    "narrowed class": "/class/Event?actor=japan&year=2018",
    "search": "/search?q=Japan",
    "search without results": "/search?q=ぬぬぬ",
    "search form": "/search",
    "timeline": "/timeline",
    "map": "/map",
    "network": "/network",
    "network around a thing": "/network?focus=japan",
    "sources": "/sources",
    "source": SOURCE_PAGE,
    "sentence": f"{SOURCE_PAGE}/p2s1",
    "query": "/sparql",
    "result": f"/sparql?query={QUERY}",
    "no result": f"/sparql?query={EMPTY}",
    "links": "/links",
    "check of links": "/links/check",
    "ontology": "/ontology",
    "graph": "/graph/links",
    "reconciliation": "/reconcile",
    "error": "/page/nobody",
    "no page": "/nowhere",
}
# Elements whose text is code, or of scripts.
APART = {"script", "style", "code", "pre", "var", "textarea", "option"}
# Attributes that readers see or hear.
SHOWN = ("aria-label", "title", "placeholder", "alt")
STANDARDS = re.compile(
    r"Aide-Mémoire|SPARQL|CONSTRUCT|DESCRIBE|SELECT \*|SELECT|ASK|JSON-LD|CSL-JSON|GeoJSON|JSON"
    r"|CSV|XLSX|TSV|XML|SVG|PNG|BibTeX|RIS|GraphML|Atom|SSSOM|Turtle|N-Triples|N-Quads|TriG|RDF"
    r"|SHA-256|HTTP|IRI|UUID|POST|JSONP|Python|Jupyter|curl|OWL|SKOS|CAMEO|PLOVER"
    r"|Simple Standard for Sharing Ontological Mappings|Reconciliation Service API|OpenRefine"
    r"|Wikidata|DBpedia|GeoNames|VIAF|GND|LCNAF|OpenSanctions|Natural Earth|Wikimedia Commons"
    r"|CC0(-1\.0)?|CC[ -]BY(-NC|-SA)?([ -]\d\.\d)?|ODC-By-1\.0|Apache-2\.0"
    r"|ISO 3166(-1 (alpha-[23]|numeric))?|(?<![A-Za-z])(?:MB|ms)(?![A-Za-z])"
    # Menus of OpenRefine, which is in English for most.
    r"|Reconcile → Start reconciling…|Add standard service…"
    r"|Edit column → Add columns from reconciled values…"
    # Prefixed names, languages in their own words, codes.
    r"|\btrue\b|\bfalse\b|\b[a-z]+:[\w-]*|English|\b[A-Z]{2,3}\b|\b[A-Z]+ \d+\b|[\w-]+(\.[\w-]+)+"
)
WORD = re.compile("[A-Za-z]{2,}")


@pytest.fixture(scope="module")
def site(built: Store) -> FlaskClient:
    client = create_app({"TESTING": True}, built).test_client()
    client.environ_base["HTTP_ACCEPT"] = "text/html"
    return client


@pytest.fixture(scope="module")
def names(built: Store) -> re.Pattern[str]:
    """Return an expression for all names in Latin letters that the graph has for anything."""
    path = "|".join(f"<{expand(name)}>" for name in NAMING)
    rows = built.select(f"SELECT DISTINCT ?thing ?name {{ ?thing {path} ?name }}")
    # Not those of classes and properties: these are translated.
    texts = {text(row["name"]) for row in rows if text(row["thing"]).startswith((THING, SOURCE))}
    texts |= {dataset.name for dataset in outside_datasets().values()}
    known = sorted(filter(WORD.search, texts), key=len, reverse=True)
    every = "|".join(map(re.escape, known))
    return re.compile(rf"(?<![A-Za-z])(?:{every})(?![A-Za-z])", re.IGNORECASE)


def shown_texts(element: Element, tag: str) -> Iterator[str]:
    """Yield the texts of an element, and of those in it, that are in the language of the page."""
    name = element.tag if isinstance(element.tag, str) else ""
    if name in APART or element.get("lang", tag) != tag:
        return
    yield element.text or ""
    yield from (element.get(attribute, "") for attribute in SHOWN)
    for child in element:
        yield from shown_texts(child, tag)
        yield child.tail or ""


def english_words(page: str, tag: str, names: re.Pattern[str]) -> list[str]:
    document = html5lib.parse(page, namespaceHTMLElements=False)
    assert document.get("lang") == tag
    # Drawings cut long names.
    whole = (text for text in shown_texts(document, tag) if not text.endswith("…"))
    texts = (STANDARDS.sub("", names.sub("", text)) for text in whole)
    return sorted({" ".join(text.split()) for text in texts if WORD.search(text)})


@pytest.mark.parametrize("tag", [tag for tag in LANGUAGES if tag != DEFAULT])
@pytest.mark.parametrize("kind", PAGES)
def test_a_page_has_no_english_words(
    site: FlaskClient, names: re.Pattern[str], tag: str, kind: str
) -> None:
    page = site.get(f"/{tag}{PAGES[kind]}").text
    assert english_words(page, tag, names) == []


@pytest.mark.parametrize(
    "text", ["<p>Sort by", '<a title="See more">地図</a>', "<p>地図 <span>places</span>"]
)
def test_english_words_are_found(text: str) -> None:
    page = f'<html lang="ja"><body>{text}'
    assert english_words(page, "ja", re.compile("Japan")) != []


@pytest.mark.parametrize(
    "text", ["<p>Japan", '<p lang="en">Sort by', "<code>kg verify</code>", "<p>SPARQLクエリ"]
)
def test_names_code_and_what_is_marked_may_be_english(text: str) -> None:
    page = f'<html lang="ja"><body>{text}'
    assert english_words(page, "ja", re.compile("Japan")) == []
