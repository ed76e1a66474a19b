"""Every kind of page, on a telephone and a desk, by day and by night."""

import pytest

from kg.prefixes import ROOT
from tests.browser.conftest import Opens
from tests.browser.driving import SCHEMES, WIDTHS
from tests.browser.pages import PAGES, STATUS

AXE = ROOT / "web" / "assets" / "node_modules" / "axe-core" / "axe.min.js"
BEYOND = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# The editor's own parts are in a shadow root, which axe enters by itself.
RUN = """async (tags) => {
  const { violations } = await axe.run(document, { runOnly: tags, resultTypes: ["violations"] });
  return violations.flatMap(({ id, nodes }) =>
    nodes.slice(0, 3).map((node) => `${id}: ${node.target} ${node.failureSummary}`));
}"""


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_sound_and_accessible_at_every_width_by_day_and_night(
    visit: Opens, name: str
) -> None:
    seen = visit(PAGES[name])
    assert seen.status == STATUS.get(name, 200)
    assert seen.page.locator("h1").count() == 1
    assert seen.page.title().endswith(("Aide-Mémoire", "its sources"))
    # Evaluated, not added as a script, which the page's policy would forbid.
    seen.page.evaluate(AXE.read_text(encoding="utf-8"))
    for width in WIDTHS:
        for scheme in SCHEMES:
            seen.turn(width, scheme)
            assert seen.page.evaluate(BEYOND) == 0, (width, scheme)
            assert seen.page.evaluate(RUN, TAGS) == [], (width, scheme)
    assert seen.wrong == []
