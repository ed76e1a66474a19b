"""What axe-core finds against WCAG 2.2 AA in a page as it stands."""

from playwright.sync_api import Page

from kg.model.prefixes import ROOT

_SCRIPT = ROOT / "web" / "assets" / "node_modules" / "axe-core" / "axe.min.js"
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# The editor's own parts are in a shadow root, which axe enters by itself.
_RUN = """async (tags) => {
  const { violations } = await axe.run(document, { runOnly: tags, resultTypes: ["violations"] });
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
