"""What a newcomer finds from the first page in at most three clicks, without SPARQL."""

import re

from playwright.sync_api import Page

from tests.browser.conftest import Opens


def click(page: Page, selector: str, text: str) -> None:
    with page.expect_navigation():
        page.locator(selector, has_text=text).first.click()


def test_what_japan_did_about_the_skripal_attack_and_on_which_sentence_that_rests(
    visit: Opens,
) -> None:
    page = visit("/").page
    click(page, ".group a", "attack on the Skripals")
    deeds = page.locator("[aria-labelledby=panel-responses]")
    row = deeds.locator("li", has_text="Japan's abstention from the expulsions").first
    assert deeds.locator("li", has_text="Japan's refusal to accuse Russia").count() == 1
    assert deeds.locator("li", has_text="Japan's endorsement of the British claim").count() == 1
    note = row.locator(".notes a").first
    number = note.inner_text()
    note.click()
    with page.expect_navigation():
        page.locator(f"#note-{number} a").first.click()
    assert re.search(r"/source/[a-z0-9-]+/p\d", page.url)
    assert "Japan's abstention from the expulsions" in page.locator("main").inner_text()


def test_who_claims_the_southern_kurils_under_which_names_and_where_they_lie(visit: Opens) -> None:
    page = visit("/").page
    click(page, ".group a", "Southern Kurils")
    told = page.locator("main").inner_text()
    assert "claimed by Japan and Russia" in told
    names = page.locator("[aria-labelledby=panel-names-of]").inner_text()
    assert "Japan" in names.split("Northern Territories")[0]
    assert "Southern Kurils" in names
    assert page.locator("svg.map .area").count() == 1
    assert "44.10° N, 146.70° E" in told


def test_what_was_planned_for_may_2018(visit: Opens) -> None:
    page = visit("/").page
    click(page, ".ways a", "Timeline")
    page.locator(".facets summary", has_text="Year").click()
    click(page, ".facets a", "2018")
    told = page.locator("ol.moments.apart").inner_text()
    assert "Abe's expected visit to Russia, May 2018" in told
    for planned in ("25 May 2018", "St. Petersburg forum", "26 May 2018", "celebration"):
        assert planned in told
