"""Tokens by the terminals of the grammar: https://www.w3.org/TR/sparql11-query/#sparqlGrammar."""

from itertools import pairwise
from pathlib import Path

import pytest

from kg.model.prefixes import ROOT
from kg.sparql.tokens import resolve_escapes, tokenize

FILES = sorted([*(ROOT / "kg" / "queries").rglob("*.rq"), *(ROOT / "ontology").rglob("*.rq")])


def kinds(text: str) -> list[tuple[str, str]]:
    return [(token.kind, token.text) for token in tokenize(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<http://a.example/?a=(b)>", [("iri", "<http://a.example/?a=(b)>")]),
        ("?a<?b", [("variable", "?a"), ("operator", "<"), ("variable", "?b")]),
        ("x:a.b.", [("name", "x:a.b"), ("punctuation", ".")]),
        (r"x:a\-b%41\.", [("name", r"x:a\-b%41\.")]),
        (":", [("name", ":")]),
        (":a:b", [("name", ":a:b")]),
        ("a.:b", [("word", "a"), ("punctuation", "."), ("name", ":b")]),
        ("日本:首相", [("name", "日本:首相")]),
        ("_:a.b.", [("blank", "_:a.b"), ("punctuation", ".")]),
        ("$a ?1", [("variable", "$a"), ("variable", "?1")]),
        ("'a''b'", [("string", "'a'"), ("string", "'b'")]),
        ("'''a''b\n'''@en-GB", [("string", "'''a''b\n'''"), ("language", "@en-GB")]),
        ('"a\\"b"^^x:c', [("string", '"a\\"b"'), ("operator", "^^"), ("name", "x:c")]),
        ("1. .5 1.5e-3", [("number", "1"), ("punctuation", "."), ("number", ".5")]),
        ("-1+2", [("number", "-1"), ("number", "+2")]),
        ("true.FILTER", [("word", "true"), ("punctuation", "."), ("word", "FILTER")]),
        ("1SERVICE", [("number", "1"), ("word", "SERVICE")]),
        ("a # b\r?c", [("word", "a"), ("variable", "?c")]),
        ("'a\n?b", [("unclosed", "'a"), ("variable", "?b")]),
        ("\u00a0~", [("invalid", "\u00a0"), ("invalid", "~")]),
    ],
)
def test_text_is_cut_into_terminals(text: str, expected: list[tuple[str, str]]) -> None:
    assert kinds(text)[: len(expected)] == expected


def test_a_lenient_reading_takes_any_text_in_angle_brackets_for_an_iri() -> None:
    text = '<a"b> "c'
    assert [token.kind for token in tokenize(text, lenient=True)] == ["iri", "unclosed"]
    assert tokenize(text)[0].text == "<"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_between_the_tokens_of_a_query_are_white_space_and_comments_alone(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    tokens = tokenize(text)
    assert not {token.kind for token in tokens} & {"invalid", "unclosed"}
    assert [text[token.start : token.end] for token in tokens] == [t.text for t in tokens]
    gaps = [text[a.end : b.start] for a, b in pairwise(tokens)]
    lines = [line.strip() for gap in gaps for line in gap.splitlines()]
    assert [line for line in lines if line and not line.startswith("#")] == []


def test_escapes_beyond_unicode_stay() -> None:
    assert resolve_escapes(r"\U00110000 \u0041") == r"\U00110000 A"
