"""The questions, by name, and the conventions that every query file keeps."""

from pathlib import Path

import pytest

from kg.model.errors import NotFound
from kg.model.prefixes import ROOT, prefixes
from kg.model.source_texts import tree_texts
from kg.sparql.named_queries import QUERIES, named_queries, named_query, page_query, title

FILES = sorted([*QUERIES.rglob("*.rq"), *(ROOT / "ontology").rglob("*.rq")])


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_query_file_says_what_it_asks_and_declares_our_prefixes(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    declared = [line.split() for line in text.splitlines() if line.startswith("PREFIX")]
    assert title(text)
    for _, name, iri in declared:
        assert iri == f"<{prefixes()[name.rstrip(':')]}>"


def test_named_questions_are_found() -> None:
    for known in named_queries(tree_texts()):
        assert named_query(tree_texts(), known.name) == known.text
        assert known.title.endswith("?")


def test_unknown_question_is_said() -> None:
    with pytest.raises(NotFound, match="there is no question called no-such-thing"):
        named_query(tree_texts(), "no-such-thing")
    with pytest.raises(NotFound, match="there is no panel called no-such-thing"):
        page_query("no-such-thing")
