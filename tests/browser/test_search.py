"""Search by keyboard: names while typing, and the way to the results without a mouse."""

from tests.browser.conftest import Opens


def test_a_thing_is_found_while_its_name_is_typed(visit: Opens) -> None:
    seen = visit("/")
    field = seen.page.locator("header.site [data-suggest]")
    field.focus()
    # All at once: keys that come slowly each ask anew, and withdraw what was asked before.
    seen.page.keyboard.insert_text("skripal")
    seen.page.wait_for_selector("header.site [role=option]")
    assert field.get_attribute("aria-expanded") == "true"
    seen.page.keyboard.press("ArrowDown")
    first = seen.page.locator("header.site [role=option]").first
    assert first.get_attribute("aria-selected") == "true"
    assert field.get_attribute("aria-activedescendant") == first.get_attribute("id")
    assert "Chemical attack" in first.inner_text()
    with seen.page.expect_navigation():
        seen.page.keyboard.press("Enter")
    assert seen.page.url.endswith("/page/skripal-attack")
    assert seen.wrong == []


def test_slips_and_other_scripts_are_understood_while_typing(visit: Opens) -> None:
    page = visit("/").page
    field = page.locator("#question")
    for typed, expected in (("Skrpal", "attack on the Skripals"), ("プーチン", "Vladimir Putin")):
        field.fill(typed)
        page.wait_for_selector(f"main [role=option]:has-text('{expected}')")


def test_terms_and_places_of_sentences_are_offered(visit: Opens) -> None:
    page = visit("/").page
    field = page.locator("#question")
    for typed, expected in (("meetings", "class: a list of all"), ("p13s3", "¶13, sentence 3")):
        field.fill(typed)
        page.wait_for_selector(f"main [role=option]:has-text('{expected}')")
    with page.expect_navigation():
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
    assert page.url.endswith("/source/japan-russia-2018/p13s3")


def test_what_was_typed_stands_out(visit: Opens) -> None:
    page = visit("/").page
    page.locator("#question").fill("安倍")
    page.wait_for_selector("main [role=option]")
    assert page.locator("main [role=option] [lang=ja] mark").first.inner_text() == "安倍"


def test_escape_puts_the_names_away_and_enter_searches(visit: Opens) -> None:
    page = visit("/").page
    field = page.locator("header.site [data-suggest]")
    field.focus()
    page.keyboard.type("abe")
    page.wait_for_selector("header.site [role=option]")
    page.keyboard.press("Escape")
    assert field.get_attribute("aria-expanded") == "false"
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url.endswith("/search?q=abe")
    assert page.locator(".entries li").count() > 10


def test_facets_narrow_the_results(visit: Opens) -> None:
    page = visit("/search?q=abe").page
    with page.expect_navigation():
        page.locator(".facets a", has_text="claim").click()
    assert "kind=Claim" in page.url
    assert "belief" in page.locator(".entries").inner_text()


def test_the_first_stop_of_the_keyboard_skips_to_the_content(visit: Opens) -> None:
    page = visit("/page/japan").page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")


def test_names_change_with_the_language(visit: Opens, chrome: object) -> None:
    window = chrome.new_context()  # type: ignore[attr-defined]
    page = window.new_page()
    root = visit("/").root
    page.goto(root + "/page/skripal-attack")
    page.locator(".languages a", has_text="日本語").click()
    page.wait_for_load_state()
    assert page.url.endswith("/ja/page/skripal-attack")
    assert page.locator("html").get_attribute("lang") == "ja"
    page.goto(root + "/ja/class/State")
    assert page.locator(".entries a", has_text="日本").count() > 0
    window.close()


def test_names_that_come_after_the_reader_has_left_stay_away(visit: Opens) -> None:
    page = visit("/").page
    field = page.locator("header.site [data-suggest]")
    page.route("**/search?*", lambda route: (page.wait_for_timeout(300), route.continue_()))
    field.focus()
    with page.expect_request("**/search?*"):
        page.keyboard.insert_text("abe")
    page.keyboard.press("Tab")
    page.wait_for_timeout(800)
    assert field.get_attribute("aria-expanded") == "false"
    assert page.locator("header.site [role=option]").count() == 0
