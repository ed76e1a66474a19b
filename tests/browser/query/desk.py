"""Writing a query and asking it, as a visitor does."""

from playwright.sync_api import Page

TEXT = "document.getElementById('editor').view.state.doc.toString()"
PREFIX = "PREFIX dip: <https://w3id.org/aide-memoire/ontology#>\n"


def write(page: Page, text: str) -> None:
    page.locator("#editor").evaluate("host => host.view.focus()")
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(text)


def ask(page: Page, text: str) -> None:
    write(page, text)
    page.locator(".answer").evaluate("place => place.replaceChildren()")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".answer:not([aria-busy]) > *")


def open_view(page: Page, name: str) -> None:
    page.get_by_role("tab", name=name).click()
    page.wait_for_selector(f".answer [role=tab][aria-selected=true]:text-is('{name}')")
