"""Comunica finds what `kg query` finds: at the endpoint, from VoID, and by following links."""

from collections.abc import Callable

from kg.model.prefixes import BASE
from tests.clients.comunica import TRAVERSAL, Comunica
from tests.clients.rows import Rows

Expected = Callable[[str], Rows]
Question = Callable[[str], str]


def test_the_endpoint_is_a_source(
    comunica: Comunica, site: str, expected: Expected, question: Question
) -> None:
    answer = comunica.ask(site, question("expelling-states"), f"{site}/sparql")
    assert answer.rows == expected("expelling-states")


def test_void_is_a_source_that_leads_to_the_endpoint(
    comunica: Comunica, site: str, expected: Expected, question: Question
) -> None:
    answer = comunica.ask(site, question("expelling-states"), f"{site}/.well-known/void")
    assert answer.rows == expected("expelling-states")
    assert f"{site}/sparql" in {url.partition("?")[0] for url in answer.requested}


def test_void_as_a_document_leads_to_the_endpoint_and_to_every_dump(
    comunica: Comunica, site: str, expected: Expected, question: Question
) -> None:
    document = {"type": "file", "value": f"{site}/.well-known/void"}
    void = comunica.ask(site, question("entry-points"), document)
    # The graph has canonical addresses; what is served leads to where it is served.
    entries = {term.strip("<>") for row in void.rows for _, term in row}
    canonical = {term.strip("<>") for row in expected("entry-points") for _, term in row}
    assert entries == {iri.replace(BASE, f"{site}/") for iri in canonical}
    for source in (f"{site}/sparql", f"{site}/dump/aide-memoire.nt"):
        assert source in entries
        answer = comunica.ask(site, question("expelling-states"), source)
        assert answer.rows == expected("expelling-states")
        assert source in {url.partition("?")[0] for url in answer.requested}


def test_links_lead_from_void_to_things(
    comunica: Comunica, site: str, expected: Expected, question: Question
) -> None:
    document = {"type": "file", "value": f"{site}/.well-known/void"}
    text = question("example-resources")
    answer = comunica.ask(site, text, document, engine=TRAVERSAL, lenient=True)
    assert answer.rows == expected("example-resources")
    examples = {dict(row)["example"].strip("<>") for row in answer.rows}
    assert examples <= answer.requested


def test_links_lead_from_japan_to_what_others_signed(
    comunica: Comunica, site: str, expected: Expected, question: Question
) -> None:
    japan = f"{BASE}id/japan"
    text = question("fellow-signatories")
    answer = comunica.ask(site, text, japan, engine=TRAVERSAL, lenient=True)
    assert answer.rows == expected("fellow-signatories")
    # Names of Canada and others stand in no document but their own, two links away.
    assert {f"{BASE}id/g7-statement-on-skripal", f"{BASE}id/canada"} <= answer.requested


def test_one_document_alone_does_not_name_the_others(
    comunica: Comunica, site: str, question: Question
) -> None:
    answer = comunica.ask(site, question("fellow-signatories"), f"{BASE}id/japan")
    assert {f"<{BASE}id/japan>"} == {dict(row)["other"] for row in answer.rows}
