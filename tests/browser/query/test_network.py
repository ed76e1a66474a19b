"""The network of an answer with many things: names that can be read, and things pointed out."""

import pytest
from playwright.sync_api import Page

from tests.browser.driving import Visit
from tests.browser.query.desk import ask, open_view

MANY = """PREFIX id: <https://w3id.org/aide-memoire/id/>
SELECT ?a ?p ?b {
  ?a ?p ?b FILTER(STRSTARTS(STR(?a), STR(id:)) && STRSTARTS(STR(?b), STR(id:)))
} ORDER BY ?a ?p ?b LIMIT 400"""
NAMES = """() => [...document.querySelectorAll(".canvas .node text:not(.off)")].map((name) => {
  const { left, top, right, bottom } = name.getBoundingClientRect();
  const text = name.closest(".node").querySelector("title").textContent;
  return { text, left, top, right, bottom };
})"""


def names(page: Page) -> list[dict]:
    """Return the names shown once they stand still: the server lays out another width anew."""
    before: list[dict] = []
    for _ in range(20):
        page.wait_for_timeout(800)
        shown: list[dict] = page.evaluate(NAMES)
        if shown == before:
            break
        before = shown
    return before


def meet(a: dict, b: dict) -> bool:
    return (
        a["left"] < b["right"]
        and b["left"] < a["right"]
        and a["top"] < b["bottom"]
        and b["top"] < a["bottom"]
    )


@pytest.fixture
def crowd(seen: Visit) -> Page:
    ask(seen.page, MANY)
    open_view(seen.page, "Network")
    seen.page.wait_for_selector(".canvas .node text:not(.off)", state="attached")
    return seen.page


@pytest.mark.parametrize("width", ["desktop", "phone"])
def test_names_do_not_overlap_and_the_best_linked_have_theirs(
    seen: Visit, crowd: Page, width: str
) -> None:
    seen.turn(width, "light")
    shown = names(crowd)
    assert len(shown) > 5
    assert not [(a, b) for n, a in enumerate(shown) for b in shown[:n] if meet(a, b)]
    most = crowd.locator(".inline li a").first.inner_text()
    assert most in [name["text"] for name in shown]
    assert seen.wrong == []


def test_a_larger_drawing_names_others(crowd: Page) -> None:
    before = {name["text"] for name in names(crowd)}
    for _ in range(3):
        crowd.get_by_role("button", name="Larger").press("Enter")
    assert {name["text"] for name in names(crowd)} - before


def test_a_thing_is_pointed_out_by_keyboard_with_what_it_is_linked_to(crowd: Page) -> None:
    choice = crowd.get_by_label("Point out")
    choice.focus()
    crowd.keyboard.type("G7")
    assert choice.evaluate("field => field.selectedOptions[0].textContent") == "G7"
    assert "G7" in [name["text"] for name in names(crowd)]
    told = crowd.locator(".answer [role=tabpanel] > [role=status]")
    assert told.inner_text().startswith("G7 has ")
    assert told.locator("a").first.get_attribute("href") == "/page/g7"
    choice.select_option("")
    assert told.inner_text().startswith("Choose a dot")


def test_what_has_the_focus_below_the_drawing_is_pointed_out_in_it(crowd: Page) -> None:
    whole = len(names(crowd))
    crowd.locator(".inline li a").last.focus()
    one = crowd.locator(".inline li a").last.inner_text()
    near = [name["text"] for name in names(crowd)]
    assert one in near
    assert len(near) < whole
