"""Whatever a client may send is read in time that grows no faster than its length."""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from kg.citation.cite import _SLUG
from kg.endpoint.guard import guard
from kg.index.folding import fold_name, highlight
from kg.index.wkt import point
from kg.model.dates import period
from kg.model.outside_datasets import outside_datasets
from kg.model.prefixes import ROOT, shorten
from kg.sparql.base import needs_base
from kg.sparql.blank_nodes import name_blank_nodes
from kg.sparql.dataset import graphs_in
from kg.sparql.form import is_lookup, is_volatile, query_form
from kg.sparql.messages import query_error
from kg.sparql.patterns import _split
from kg.sparql.prologue import iris
from kg.sparql.rules import _premises_of
from kg.sparql.service import nests, service_clauses, service_words
from kg.sparql.tokens import tokenize
from kg.sparql.values import values_blocks
from kg.store.store import Store
from tests.growth import superlinear
from web.query.page_links import page_query_title, pages_of_query
from web.query.snippets import snippets
from web.request.negotiate import PAGE_TYPES, choose, preferred_language
from web.request.served_path import PREFIX, split_path

# Only files of the graph's own, and what its owner writes, are read by these.
APART = (
    *(
        "kg/pipeline/",
        "kg/citation/",
        "kg/cli/",
        "kg/federation/other_endpoint.py",
        "kg/spark/",
        "kg/model/text_files.py",
    ),
    "kg/sparql/named_queries.py",
    "kg/things/text_patterns.py",
)
# How an expression reads: at one place, or from every place on.
METHODS = ("match", "fullmatch", "search", "finditer", "findall", "sub", "split")

# Pieces of which hostile texts are made, repeated.
UNITS = (
    *('"""', ".", "-", "_", ":", "a", "1", "%", "\\", '"', '\\"', "'", "\\'", "<", "<a", "(", "["),
    *("{", "}", ")", "#", "?", "?a", "a.", "a:", "a-", "/", "@", "@a", "_:", "_:a.", "_:a-"),
    *("a:a.", "id:a", "id:a.", "a/b,", 'a="', 'a="\\";', "T", "日a", "é", "\\u0041", "POINT("),
    *("1.", "2018-", "(a(", "?a,", " ", "\n", "{ ", "# ", "\n#", "?a ", "a ", "Я ", "-1 ", "( a"),
    *("VALUES ?a", "e\u0301", "BASE <a/>", "PREFIX a: <b>", "FROM <a>"),
)
# What a text begins with, for expressions that have a piece of it.
STARTS = {
    "": "",
    '"': '"',
    "<": "<",
    "VALUES ": "VALUES",
    "VALUES ?class { ": "VALUES",
    "SERVICE ": "(?i)",
    "FROM ": "FROM",
    "2018-04-13T": "T.*",
    "POINT(": "POINT",
}


def hostile(starts: Iterable[str]) -> Iterator[Callable[[int], str]]:
    """Yield what makes texts of a size: a start, a piece over and over, and an end."""
    for start in starts:
        for unit in UNITS:
            yield lambda size, start=start, unit=unit: start + unit * (size // len(unit))
            if unit.isspace():
                yield lambda size, start=start, unit=unit: start + unit * size + "b"


def modules() -> list[Path]:
    paths = [path for package in ("kg", "web") for path in sorted((ROOT / package).rglob("*.py"))]
    return [path for path in paths if not path.relative_to(ROOT).as_posix().startswith(APART)]


def compiled(value: object) -> Iterator[re.Pattern[str]]:
    """Yield the expressions of a value of a module: itself, or within a table."""
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, (tuple, list)):
        for one in value:
            yield from compiled(one)
    elif isinstance(value, dict):
        for one in value.values():
            yield from compiled(one)


def written(path: Path) -> Iterator[re.Pattern[str]]:
    """Yield the expressions that a module writes where it uses them."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
            of, form = node.func.value, node.args[0]
            inline = isinstance(of, ast.Name) and of.id == "re" and node.func.attr != "compile"
            if inline and isinstance(form, ast.Constant):
                yield re.compile(str(form.value))


def expressions() -> dict[str, re.Pattern[str]]:
    """Return every expression by the first name that a module gives it."""
    found: dict[re.Pattern[str], str] = {}
    for path in modules():
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        module = importlib.import_module(name.removesuffix(".__init__"))
        for key, value in vars(module).items():
            for one in compiled(value):
                found.setdefault(one, f"{name}.{key} {one.pattern[:30]}")
        for one in written(path):
            found.setdefault(one, f"{name} {one.pattern[:30]}")
    for dataset in outside_datasets().values():
        for at, one in enumerate(dataset.spellings):
            found.setdefault(one, f"kg/links/datasets.toml.{dataset.id}.{at}")
    return {name: one for one, name in found.items()}


EXPRESSIONS = expressions()
SOURCES = "\n".join(path.read_text(encoding="utf-8") for path in modules())


def ways(name: str) -> set[str]:
    """Return how the modules read by an expression of a name; all ways if it has none."""
    constant = re.match(r"[\w.]+\.(_?[A-Z_]+) ", name)
    used = re.findall(rf"\b{constant[1]}\.(\w+)\(", SOURCES) if constant else []
    return set(METHODS) & set(used) or {"match", "fullmatch", "finditer"}


def read_by(pattern: re.Pattern[str], name: str = "") -> Callable[[str], object]:
    methods = ways(name)

    def read(text: str | bytes) -> None:
        if isinstance(pattern.pattern, bytes):
            text = str(text).encode()
        for method in methods & {"match", "fullmatch", "search"}:
            getattr(pattern, method)(text)
        if methods - {"match", "fullmatch", "search"}:
            for _ in pattern.finditer(text):
                pass

    return read


@pytest.mark.parametrize("name", EXPRESSIONS)
def test_every_expression_reads_in_linear_time(name: str) -> None:
    read = read_by(EXPRESSIONS[name], name)
    starts = [start for start, piece in STARTS.items() if piece in str(EXPRESSIONS[name].pattern)]
    slow = {text(40): grown for text in hostile(starts) if (grown := superlinear(read, text))}
    assert slow == {}


def test_the_expressions_of_every_module_are_seen() -> None:
    assert {one.split()[0] for one in EXPRESSIONS} >= {
        "kg.sparql.tokens._TOKEN",
        "kg.sparql.form._LOOKUP",
        "kg.sparql.messages._PLACE",
        "kg/links/datasets.toml.wikidata.0",
        "web.request.language._ENGLISH",
        "kg.sparql.base._RELATIVE",
    }
    assert _SLUG not in EXPRESSIONS.values()


@pytest.mark.parametrize(
    "form",
    [
        r"VALUES\s+\(?((?:\s*\?\w+)+)\s*\)?\s*\{([^{}]*)\}\s*\Z",
        r'"(?:[^"\\\r\n]|\\.)*"',
        r"((?:[^\W\d_][\w.-]*)?):",
        r"[\w.-]*:[\w:.%-]*|\w[\w.-]*",
        r"/|(?:[ \t]*;[ \t]*)",
    ],
)
def test_an_expression_that_backtracks_is_seen(form: str) -> None:
    read = read_by(re.compile(form))
    assert any(superlinear(read, text) for text in hostile(("", "VALUES ")))


def failures(text: str) -> Iterator[SyntaxError]:
    """Yield what the engine says of a text that it cannot read."""
    for place in (1, len(text) // 2, len(text)):
        for expected in ("BY", "OPTIONAL", "DISTINCT", "[_]", "Prefix not found"):
            yield SyntaxError(f"error at 1:{place}: expected {expected}")


READERS: dict[str, Callable[[str], object]] = {
    "tokenize": tokenize,
    "tokenize leniently": lambda text: tokenize(text, lenient=True),
    "graphs_in": lambda text: graphs_in(f"{text} FROM <a>"),
    "iris": lambda text: list(iris(text, {})),
    "needs_base": lambda text: needs_base(f"iri {text}"),
    "is_volatile": lambda text: is_volatile(f"{text} 'RAND'"),
    "query_form": query_form,
    "service_clauses": lambda text: service_clauses(f"SERVICE {text}"),
    "values_blocks": lambda text: values_blocks(f"VALUES ?a {{ {text}"),
    "_premises_of": lambda text: _premises_of(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {text} }}"),
    "nests": lambda text: nests(text, service_words(f"SERVICE {text}")),
    "guard": lambda text: guard(f"SERVICE {text}", frozenset({"http://a.example/"})),
    "is_lookup": is_lookup,
    "_split": lambda text: _split(f"SELECT * {{ {text} }}"),
    "name_blank_nodes": name_blank_nodes,
    "query_error": lambda text: [query_error(one, text) for one in failures(text)],
    "period": period,
    "point": point,
    "fold": lambda text: fold_name(text[:200]),
    "highlight": lambda text: highlight("Shinzo Abe", fold_name(text[:200])),
    "shorten": shorten,
    "choose": lambda text: choose(PAGE_TYPES, text),
    "choose format": lambda text: choose(PAGE_TYPES, "", text),
    "preferred_language": preferred_language,
    "split_path": lambda text: split_path(f"/{text}", "/kg"),
    "forwarded": lambda text: PREFIX.fullmatch(f"/{text}"),
    "snippets": lambda text: snippets("http://a.example/sparql", text),
    "words_of": page_query_title,
}


@pytest.mark.parametrize("name", READERS)
def test_every_reader_of_text_takes_linear_time(name: str) -> None:
    def read(text: str) -> None:
        # A text that was read before would take no time.
        tokenize.cache_clear()
        READERS[name](text)

    slow = {
        text(40): grown for text in hostile(("", '"', "a/")) if (grown := superlinear(read, text))
    }
    assert slow == {}


def test_the_pages_behind_a_query_are_read_in_linear_time(store: Store) -> None:
    for text in hostile(("SELECT * {} VALUES", "SELECT * {} VALUES ?thing {", "")):
        assert not superlinear(lambda written: pages_of_query(store, written), text), text(40)
