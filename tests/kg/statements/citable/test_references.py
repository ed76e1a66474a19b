from pyoxigraph import NamedNode, Quad

from kg.index.statement_keys import statement_key
from kg.model.named_graphs import SOURCES, with_default_graph
from kg.model.prefixes import BASE, SOURCE, THING, node
from kg.model.source_texts import tree_texts
from kg.references.reference import CitedKind, Edition, Reference
from kg.sparql.named_queries import named_queries
from kg.statements.citable.references import (
    answer_reference,
    named_answer_reference,
    sentence_reference,
    source_reference,
    statement_reference,
    thing_reference,
)
from kg.statements.citable.statement_account import statement_account
from kg.statements.documents import find_document
from kg.statements.sentences import find_sentence
from kg.store.store import Store

BUILD = Edition("00aa", "2026-11-28")


def cited(store: Store, subject: str, property_: str, value: str) -> Reference:
    ends = (NamedNode(THING + subject), node(property_), NamedNode(THING + value))
    return statement_reference(store, statement_account(store, statement_key(*ends)), BUILD)


def test_a_thing_is_cited_by_its_name_and_identifier(store: Store) -> None:
    made = thing_reference(store, "ruritania", BUILD)
    assert (made.kind, made.title) == (CitedKind.PAGE, "Ruritania")
    assert made.address == f"{THING}ruritania?build=00aa"
    assert made.date == (2026, 11, 28)


def test_a_source_is_cited_as_what_it_is(store: Store) -> None:
    made = source_reference(find_document(store, "gazette-1894"), BUILD)
    assert (made.title, made.authors, made.date) == (
        "Of rivers and kings",
        ("Rudolf Rässendyll",),
        (1894,),
    )


def test_a_sentence_has_its_place_and_the_link_that_opens_it(tiny: list[Quad]) -> None:
    original = NamedNode("https://gazette.example/1894")
    at = Quad(NamedNode(SOURCE + "gazette-1894"), node("dcterms:source"), original, SOURCES)
    located = Store.of(with_default_graph([*tiny, at]))
    document = find_document(located, "gazette-1894")
    sentence = find_sentence(located, document, "p1s1")
    made = sentence_reference(located, document, sentence, BUILD)
    assert made.place == "¶1, sentence 1"
    assert made.original == "https://gazette.example/1894#:~:text=The%20two,at%20Strelsau."
    assert source_reference(document, BUILD).original == "https://gazette.example/1894"


def test_a_source_without_an_address_has_no_original(store: Store) -> None:
    document = find_document(store, "gazette-1894")
    made = sentence_reference(store, document, find_sentence(store, document, "p1s1"), BUILD)
    assert made.original == ""


def test_a_statement_names_its_sentences(store: Store) -> None:
    made = cited(store, "strelsau-meeting", "dip:participant", "sylvania")
    assert made.title == "meeting at Strelsau – participant – Sylvania"
    assert made.notes == (
        f"Source: Gazette 1894, ¶1, sentence 1, {SOURCE}gazette-1894/p1s1.",
        f"Source: Gazette 1894, ¶1, sentence 2, {SOURCE}gazette-1894/p1s2.",
    )


def test_what_is_claimed_is_cited_with_the_claim(store: Store) -> None:
    made = cited(store, "river-flood", "dip:responsibleParty", "sylvania")
    assert made.notes == ("Claimed in: claim that Sylvania caused the flood.",)


def test_an_answer_is_cited_by_the_name_of_its_query(store: Store) -> None:
    for named in named_queries(tree_texts()):
        made = answer_reference(store, named.text, BUILD)
        assert made == named_answer_reference(store, named.name, BUILD)
        assert made.address == f"{BASE}query/{named.name}?build=00aa"
        assert made.title == named.title


def test_any_other_answer_is_cited_by_its_query(store: Store) -> None:
    made = answer_reference(store, "# Who & what?\nASK { ?x ?y 'é' }", BUILD)
    assert made.title == "Who & what?"
    assert made.address.endswith("%20%7D&build=00aa")
    assert answer_reference(store, "ASK {}", BUILD).title == "Answer to a SPARQL query"
