"""What the editor offers while somebody types."""

import json

from tests.browser.driving import Visit
from tests.browser.query.desk import TEXT, write


def test_the_words_to_complete_are_those_of_the_graph(seen: Visit) -> None:
    found = json.loads(seen.page.request.get(f"{seen.root}/sparql/terms").text())
    names = {term["name"]: term for term in found["terms"]}
    assert names["dip:State"]["uses"] > 10
    assert names["dip:memberOf"]["definition"]
    assert found["prefixes"]["id"] == "https://w3id.org/aide-memoire/id/"


def test_a_prefix_is_declared_only_once(seen: Visit) -> None:
    page = seen.page
    write(page, "# Who?\nPREFIX dip: <https://w3id.org/aide-memoire/ontology#>\nSELECT * { ?s a ")
    page.keyboard.type("dip:Tre")
    page.wait_for_selector(".cm-tooltip-autocomplete li[aria-selected]")
    page.wait_for_timeout(150)
    page.keyboard.press("Enter")
    assert page.evaluate(TEXT).count("PREFIX dip:") == 1


def test_a_thing_is_found_by_its_name_where_a_word_stands(seen: Visit) -> None:
    page = seen.page
    write(page, "SELECT * { ?s ?p putin")
    page.keyboard.press("Control+Space")
    page.wait_for_selector(".cm-tooltip-autocomplete li:has-text('Vladimir Putin')")
    page.wait_for_timeout(150)
    page.keyboard.press("Enter")
    text = page.evaluate(TEXT)
    assert text.startswith("PREFIX id: <https://w3id.org/aide-memoire/id/>\n")
    assert "?p id:vladimir-putin" in text


def test_things_are_offered_by_any_part_of_their_names_while_somebody_types(seen: Visit) -> None:
    page = seen.page
    for typed, local in (("skripal", "id:sergei-skripal"), ("id:росси", "id:russia")):
        write(page, "SELECT * { ?s dip:actor ")
        page.keyboard.type(typed)
        page.wait_for_selector(f".cm-tooltip-autocomplete li:has-text('{local}')")


def test_values_of_the_property_come_first(seen: Visit) -> None:
    write(seen.page, "SELECT * { ?claim dip:certainty ")
    seen.page.keyboard.type("dip:")
    first = seen.page.locator(".cm-tooltip-autocomplete li").first
    first.wait_for()
    # The commonest value of the property is first, before terms that begin with other letters.
    assert first.inner_text().startswith(("dip:certain\n", "dip:unstatedCertainty\n"))
    assert len(seen.page.locator(".cm-completionInfo").inner_text()) > 10


def test_terms_are_found_by_what_they_mean(seen: Visit) -> None:
    write(seen.page, "SELECT * { ?statement ")
    seen.page.keyboard.type("signed")
    seen.page.wait_for_selector(".cm-tooltip-autocomplete li:has-text('dip:signatory')")
