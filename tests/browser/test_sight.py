"""Pages for eyes that need more: colours that the system forces, text of twice its size."""

import pytest
from playwright.sync_api import Browser, Locator

from tests.browser.conftest import Opens
from tests.browser.driving import SCHEMES

BEYOND = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# What is painted as a letter, and as the ground beneath it.
_PAINTED = """node => {
  const grounds = [];
  for (let at = node; at; at = at.parentElement) grounds.push(getComputedStyle(at).backgroundColor);
  return [getComputedStyle(node).color, grounds.find((one) => !/, 0\\)$/.test(one))];
}"""


def painted(node: Locator) -> list[str]:
    found: list[str] = node.evaluate(_PAINTED)
    return found


@pytest.mark.parametrize("scheme", SCHEMES)
def test_matched_letters_and_the_chosen_name_are_seen_in_forced_colours(
    chrome: Browser, root: str, scheme: str
) -> None:
    window = chrome.new_context(forced_colors="active", color_scheme=scheme)  # type: ignore[arg-type]
    page = window.new_page()
    page.goto(f"{root}/search?q=abe")
    letter, ground = painted(page.locator(".what mark").first)
    assert letter != ground
    page.locator("#find").fill("abe")
    names = page.locator(".suggest [role=option]")
    names.first.wait_for()
    page.keyboard.press("ArrowDown")
    chosen, other = painted(names.nth(0)), painted(names.nth(1))
    assert chosen[0] != chosen[1] != other[1]
    window.close()


@pytest.mark.parametrize(
    "path",
    ["/", "/page/japan", "/search?q=abe", "/map", "/timeline", "/network?focus=japan", "/sparql"],
)
def test_text_of_twice_its_size_fits_a_phone(visit: Opens, path: str) -> None:
    page = visit(path, "phone").page
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate(BEYOND) == 0
