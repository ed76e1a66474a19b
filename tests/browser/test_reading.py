"""The page of a thing as somebody reads it: its parts, its footnotes, its questions, on paper."""

import pytest

from kg.model.languages import LANGUAGES
from tests.browser.conftest import Opens


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_header_of_a_wide_window_is_one_row(visit: Opens, language: str) -> None:
    page = visit(f"/{language}/about").page
    parts = page.locator("header.site :is(.name, nav, .find)")
    boxes = [part.bounding_box() for part in parts.all()]
    assert len(boxes) == 4
    middles = [box["y"] + box["height"] / 2 for box in boxes]
    assert max(middles) - min(middles) < 10


def test_a_long_page_leads_to_its_parts_and_a_short_one_has_no_list_of_them(visit: Opens) -> None:
    page = visit("/page/japan").page
    ways = page.get_by_role("navigation", name="On this page").get_by_role("link")
    parts = page.locator("article h2[id]:not(#way)").all_text_contents()
    assert ways.all_text_contents() == parts
    ways.last.click()
    assert page.locator("#sources").bounding_box()["y"] < 900
    # Outside the main text it stays in sight.
    assert page.locator("nav.way").bounding_box()["y"] >= 0
    assert visit("/page/iturup").page.locator("nav.way").count() == 0


def test_a_footnote_says_where_it_leads(visit: Opens) -> None:
    page = visit("/page/japan").page
    note = page.locator(".notes a").first
    place = page.locator(f"#note-{note.inner_text()} a").first.inner_text()
    assert note.get_attribute("aria-label").endswith(place)
    note.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    shown = "node => getComputedStyle(node, '::after').content"
    assert note.evaluate(shown) == f'"{note.get_attribute("aria-label")}"'


def test_a_heading_leads_to_its_own_question(visit: Opens) -> None:
    page = visit("/page/japan").page
    with page.expect_navigation():
        page.get_by_role("link", name="See the query (Claims made)").click()
    assert "/sparql" in page.url
    assert "claimant" in page.url


def test_paper_shows_what_is_said_and_no_way_about(visit: Opens) -> None:
    page = visit("/page/japan").page
    page.emulate_media(media="print")
    for gone in ("header.site nav", "nav.way", ".head > a", "footer.site nav"):
        assert not page.locator(gone).first.is_visible(), gone
    assert page.locator("#sources").is_visible()
    page.emulate_media(media="screen")


def test_an_address_that_names_a_term_opens_its_entry(visit: Opens) -> None:
    page = visit("/ontology#visitor").page
    page.locator("#visitor").wait_for(state="visible")
    assert page.locator("details.term[open]").count() == 1
    page.evaluate("location.hash = 'State'")
    page.locator("#State").wait_for(state="visible")
