from collections import defaultdict

from pyoxigraph import Literal, NamedNode

from kg.index.statement_keys import statement_key
from kg.model.named_graphs import INFERRED
from kg.model.prefixes import THING, node
from kg.statements.citable.statement_account import StatementAccount, statement_account
from kg.store.store import Store
from kg.terms.literals import text
from kg.terms.slugs import content_node


def account(store: Store, subject: str, property_: str, value: str | Literal) -> StatementAccount:
    end = value if isinstance(value, Literal) else NamedNode(THING + value)
    return statement_account(store, statement_key(NamedNode(THING + subject), node(property_), end))


def test_a_stated_one_has_its_sentences(store: Store) -> None:
    stated = account(store, "strelsau-meeting", "dip:participant", "sylvania")
    assert stated.kind == "stated"
    assert [s.locator for s in stated.sentences] == ["p1s1", "p1s2"]
    assert stated.statement.subject.text == "meeting at Strelsau"
    assert stated.statement.footnotes == (1, 2)
    assert stated.claims == stated.derivation == stated.reactions == ()


def test_background_and_links_say_so(store: Store) -> None:
    label = Literal("Ruritania", language="en")
    assert account(store, "ruritania", "rdfs:label", label).kind == "background"
    linked = statement_key(
        NamedNode(THING + "ruritania"),
        node("owl:sameAs"),
        NamedNode("http://www.wikidata.org/entity/Q1191384"),
    )
    assert statement_account(store, linked).kind == "link"


def test_what_is_claimed_says_by_whom(store: Store) -> None:
    claimed = account(store, "river-flood", "dip:responsibleParty", "sylvania")
    assert claimed.kind == "claimed"
    assert claimed.sentences == ()
    assert [c.claim.text for c in claimed.claims] == ["claim that Sylvania caused the flood"]
    assert [who.text for c in claimed.claims for who in c.claimants] == ["Ruritania"]


def test_reactions_to_a_claim_are_listed(corpus: Store) -> None:
    roles = {node("dip:stanceToward"), node("dip:contradicts"), node("dip:endorses")}
    to: dict[str, set[str]] = defaultdict(set)
    for quad in corpus.quads():
        if quad.predicate in roles:
            to[text(quad.object)].add(text(quad.subject))
    for claim, items in to.items():
        contents = corpus.graph(content_node(claim.removeprefix(THING)))
        for triple in contents:
            found = statement_account(corpus, statement_key(*triple))
            assert items <= {one.item.iri for one in found.reactions}
    assert sum(len(corpus.graph(content_node(claim.removeprefix(THING)))) for claim in to) > 1


def test_an_inferred_one_has_its_derivation(corpus: Store) -> None:
    inferred = corpus.graph(INFERRED)
    accounts = [
        statement_account(corpus, statement_key(*triple))
        for triple in inferred[::25]
        if triple.subject.value.startswith(THING)  # type: ignore[union-attr]
    ]
    derived = [one for one in accounts if one.kind == "inferred"]
    assert len(derived) > 5
    assert all(one.derivation for one in derived)
    # Some rest on sentences, which are the footnotes then.
    assert any(one.cited_sentences for one in derived)
    assert all(step.statement.property.text for one in derived for step in one.derivation)


def test_a_value_that_is_not_served_says_who_gives_another(corpus: Store) -> None:
    found = [
        statement_account(corpus, statement_key(*quad.triple))
        for quad in corpus.quads()
        if isinstance(quad.graph_name, NamedNode) and "/source/" in quad.graph_name.value
    ]
    outvoted = [one for one in found if one.kind == "not served"]
    assert outvoted
    assert any(one.statement.variation for one in outvoted)
    # Without a disagreement, a finer value is served.
    assert all(one.instead for one in outvoted if not one.statement.variation)
