"""The ontology in the languages of readers: labels, titles and sentence patterns."""

import re
from collections import defaultdict
from functools import cache

import pytest
from pyoxigraph import Literal, Quad

from kg.model.languages import DEFAULT, LANGUAGES
from kg.model.named_graphs import ONTOLOGY, with_default_graph
from kg.model.prefixes import node, shorten
from kg.model.source_texts import tree_texts
from kg.pipeline.load import load
from kg.sparql.named_queries import named_queries
from kg.store.store import Store

LABELS = [node(name) for name in ("rdfs:label", "skos:prefLabel", "dip:inverseLabel")]
PATTERNS = [node(name) for name in ("dip:lead", "dip:gist")]
OTHERS = [tag for tag in LANGUAGES if tag != DEFAULT]
# Names of standards and codes, which all languages write alike.
LATIN = {"ISO", "alpha", "numeric", "CAMEO", "PLOVER", "SHA", "Aide", "Mémoire", *"ABCDEF"}


@cache
def texts(*properties: object) -> dict[tuple[str, str], dict[str, str]]:
    """Return by term and property the text in each language."""
    found: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for triple in load().triples(ONTOLOGY):
        value = triple.object
        if triple.predicate in properties and isinstance(value, Literal) and value.language:
            key = (shorten(triple.subject.value), shorten(triple.predicate.value))
            found[key][value.language] = value.value
    return found


def test_every_label_and_pattern_is_in_all_languages() -> None:
    found = texts(*LABELS, *PATTERNS)
    missing = {key: set(LANGUAGES) - set(by_language) for key, by_language in found.items()}
    assert len(found) > 1000
    assert {key: tags for key, tags in missing.items() if tags} == {}


@pytest.mark.parametrize("language", OTHERS)
def test_a_pattern_has_the_slots_of_the_english_one(language: str) -> None:
    def slots(pattern: str) -> set[str]:
        return set(re.findall(r"\{([^}]*)\}", pattern))

    different = {
        key: slots(found[DEFAULT]) ^ slots(found[language])
        for key, found in texts(*PATTERNS).items()
        if slots(found[DEFAULT]) != slots(found[language])
    }
    assert different == {}


@pytest.mark.parametrize("language", OTHERS)
def test_no_label_or_pattern_has_an_english_word(language: str) -> None:
    english = {
        key: words
        for key, found in texts(*LABELS, *PATTERNS).items()
        if (words := _latin_words(found[language]))
    }
    assert english == {}


def _latin_words(text: str) -> set[str]:
    return (
        set(re.findall(r"[^\W\d_а-яё]*[A-Za-z][A-Za-zé]*", re.sub(r"\{[^}]*\}", "", text))) - LATIN
    )


def test_translations_add_no_row_to_a_named_question() -> None:
    quads = load().quads
    english = [quad for quad in quads if not _is_translation(quad)]
    # Without inferences, which take seconds and add no labels.
    in_english, in_all = (Store.of(with_default_graph(some)) for some in (english, quads))
    selects = [q for q in named_queries(tree_texts()) if "SELECT" in q.text]
    counts = {q.name: (len(in_english.select(q.text)), len(in_all.select(q.text))) for q in selects}
    assert len(counts) > 50
    assert {name: both for name, both in counts.items() if both[0] != both[1]} == {}


def _is_translation(quad: Quad) -> bool:
    value = quad.object
    return quad.graph_name == ONTOLOGY and isinstance(value, Literal) and value.language in OTHERS
