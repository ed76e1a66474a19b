"""Query text is read in `kg.sparql` alone, by its one tokenizer."""

import ast
import re
from collections.abc import Iterator

import pytest

from kg.model.prefixes import ROOT

KEYWORDS = (
    *("SELECT", "ASK", "CONSTRUCT", "DESCRIBE", "PREFIX", "WHERE", "FILTER", "OPTIONAL", "UNION"),
    *("MINUS", "VALUES", "SERVICE", "FROM", "NAMED", "GROUP BY", "ORDER BY", "HAVING", "LIMIT"),
    *("OFFSET", "BIND", "INSERT", "DELETE", "RAND", "UUID", "BNODE"),
)
KEYWORD = re.compile(rf"(?<![A-Za-z])(?:{'|'.join(KEYWORDS)})(?![A-Za-z])", re.IGNORECASE)
# What others may take of the tokenizer: the texts of which each must be looked at.
SHARED = {"readings"}
# Where the queries of others are written anew, token by token: for an engine with ways of its own,
# and with what other endpoints have responded.
WRITERS = ("kg/store/remote/virtuoso/", "kg/federation/inlined.py")
OUTSIDE = [
    path
    for package in ("kg", "web")
    for path in sorted((ROOT / package).rglob("*.py"))
    if not path.relative_to(ROOT).as_posix().startswith("kg/sparql/")
]


def is_expression(node: ast.AST) -> bool:
    function = node.func if isinstance(node, ast.Call) and node.args else None
    module = function.value if isinstance(function, ast.Attribute) else None
    return isinstance(module, ast.Name) and module.id == "re"


def expressions(tree: ast.AST) -> Iterator[str]:
    """Yield the literal parts of each expression that a module hands to `re`, without classes."""
    for call in filter(is_expression, ast.walk(tree)):
        assert isinstance(call, ast.Call)
        for part in ast.walk(call.args[0]):
            if isinstance(part, ast.Constant) and isinstance(part.value, str):
                yield re.sub(r"\\[A-Za-z]", " ", part.value)


def reading(source: str, path: str = "") -> list[str]:
    """Return what a module outside reads of query text: expressions, and pieces of tokens."""
    tree = ast.parse(source)
    found = [text for text in expressions(tree) if KEYWORD.search(text)]
    for node in () if path.startswith(WRITERS) else ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "kg.sparql.tokens":
            found += [name.name for name in node.names if name.name not in SHARED]
    return found


def test_no_other_module_reads_query_text() -> None:
    named = {path.relative_to(ROOT).as_posix(): path for path in OUTSIDE}
    found = {name: reading(path.read_text("utf-8"), name) for name, path in named.items()}
    assert {name: texts for name, texts in found.items() if texts} == {}


@pytest.mark.parametrize(
    "source",
    [
        'import re\n_A = re.compile(r"VALUES\\s+\\?")',
        'import re\nre.search(rf"(?i)\\bservice {1}", "")',
        "from kg.sparql.tokens import tokenize",
        "from kg.sparql.tokens import IRI",
    ],
)
def test_a_reader_elsewhere_is_seen(source: str) -> None:
    assert reading(source)
