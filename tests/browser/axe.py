"""What axe-core finds against WCAG 2.2 AA in a page as it stands."""

from playwright.sync_api import Page

from kg.model.prefixes import ROOT
from tests.browser.driving import SCHEMES, WIDTHS, Visit

_SCRIPT = ROOT / "web" / "assets" / "node_modules" / "axe-core" / "axe.min.js"
BEYOND = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# The editor's own parts are in a shadow root, which axe enters by itself.
_RUN = """async (rules) => {
  const { violations } = await axe.run(document, { runOnly: rules, resultTypes: ["violations"] });
  return violations.flatMap(({ id, nodes }) =>
    nodes.slice(0, 3).map((node) => `${id}: ${node.target} ${node.failureSummary}`));
}"""


def violations(page: Page, only: str = "") -> list[str]:
    """Return what is wrong, and where; `only` names one rule of axe-core to check."""
    if not page.evaluate("'axe' in window"):
        # Evaluated, not added as a script, which the page's policy would forbid.
        page.evaluate(_SCRIPT.read_text(encoding="utf-8"))
    found: list[str] = page.evaluate(_RUN, [only] if only else _TAGS)
    return found


def violations_everywhere(visit: Visit) -> list[tuple[str, str, str]]:
    """Return what is wrong at each width and in each colour scheme, overflow included.

    A scheme changes colours and nothing else: all but the contrast is checked in the first one.
    """
    wrong = []
    for width in WIDTHS:
        for number, scheme in enumerate(SCHEMES):
            visit.turn(width, scheme)
            wrong += [(width, scheme, fault) for fault in _faults(visit.page, bool(number))]
    return wrong


def _faults(page: Page, only_colours: bool) -> list[str]:
    beyond = page.evaluate(BEYOND)
    overflow = [f"the page is {beyond} pixels wider than the window"] if beyond else []
    return overflow + violations(page, "color-contrast" if only_colours else "")
