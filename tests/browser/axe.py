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


def violations(page: Page) -> list[str]:
    """Return what is wrong, and where."""
    if not page.evaluate("'axe' in window"):
        # Evaluated, not added as a script, which the page's policy would forbid.
        page.evaluate(_SCRIPT.read_text(encoding="utf-8"))
    found: list[str] = page.evaluate(_RUN, _TAGS)
    return found


def violations_everywhere(visit: Visit, place: int = 0) -> list[tuple[str, str, str]]:
    """Return what is wrong on a phone in one colour scheme and on a desktop in the other.

    Which it is on the phone changes with the place in a list of pages: so what several of them
    show at one width only is seen in both schemes, in half the time that four looks take.
    """
    schemes = SCHEMES if place % 2 else SCHEMES[::-1]
    wrong = []
    for width, scheme in zip(WIDTHS, schemes, strict=True):
        visit.turn(width, scheme)
        wrong += [(width, scheme, fault) for fault in _faults(visit.page)]
    return wrong


def _faults(page: Page) -> list[str]:
    beyond = page.evaluate(BEYOND)
    overflow = [f"the page is {beyond} pixels wider than the window"] if beyond else []
    return overflow + violations(page)
