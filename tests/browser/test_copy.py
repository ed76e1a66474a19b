"""A reader's copy of a source: compared in the browser, shown where it is cited, sent nowhere."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from kg.citation.segment import normalise
from kg.citation.verify import MATCH, recorded_sentences, verify_copy
from kg.model.prefixes import ROOT
from kg.pipeline.build import build
from kg.pipeline.load import load
from tests.browser.axe import violations
from tests.browser.driving import context
from tests.serving import serving

TEXTS = ROOT / "tests" / "corpus" / "texts"
SOURCES = ROOT / "tests" / "corpus" / "kg" / "sources"
SHARED = ROOT.parent / "shared"
COPIED = "norhavn-post-2018"


@pytest.fixture(scope="module")
def corpus_site(corpus_tree: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("copies")
    build(corpus_tree, folder / "builds")
    with serving(folder / "log", BUILDS=folder / "builds") as (port, _):
        yield f"http://127.0.0.1:{port}"


@pytest.fixture
def page(chrome: Browser) -> Iterator[Page]:
    window = context(chrome, "desktop", "light")
    yield window.new_page()
    window.close()


def open_copy(page: Page, file: Path) -> str:
    """Open a file on the page of a source; return what the page says of it."""
    page.get_by_label("Your copy, as text or HTML").set_input_files(file)
    status = page.locator("#copy [role=status]")
    status.filter(has_text="recorded sentences").wait_for()
    return status.inner_text()


def expected(tree: Path, slug: str, text: str) -> dict[str, str]:
    """Return the sentences that `kg verify` recognises in a copy, normalised."""
    copy = normalise(text)
    verdicts = verify_copy(text, recorded_sentences(load(tree).quads, slug)).with_status(MATCH)
    return {verdict.sentence.locator: copy[slice(*verdict.span)] for verdict in verdicts}


def shown(page: Page) -> dict[str, str]:
    """Return the sentences that the page of a source shows, by their places."""
    texts = page.eval_on_selector_all(
        ".cited > .copied", "all => all.map(q => [q.parentElement.id, q.textContent])"
    )
    return {locator: normalise(text) for locator, text in texts}


@pytest.mark.parametrize("slug", [path.name for path in sorted(SOURCES.iterdir())])
def test_the_browser_recognises_what_the_command_does(
    page: Page, corpus_site: str, corpus_tree: Path, slug: str
) -> None:
    page.goto(f"{corpus_site}/source/{slug}")
    file = TEXTS / f"{slug}.txt"
    matches = expected(corpus_tree, slug, file.read_text("utf-8"))
    assert matches
    assert f"match your copy: {len(matches)} of " in open_copy(page, file)
    assert shown(page) == matches


def test_all_sources_are_recognised_where_their_texts_are_here(page: Page, root: str) -> None:
    files = {"japan-russia-2018": SHARED / "article" / "japan-russia-west-2018.txt"}
    files |= {file.stem: file for file in (SHARED / "sources").glob("*.txt")}
    if not all(file.is_file() for file in files.values()):
        pytest.skip("the texts of the sources are not on this machine")
    for slug, file in files.items():
        page.goto(f"{root}/source/{slug}")
        matches = expected(ROOT, slug, file.read_text("utf-8"))
        open_copy(page, file)
        assert shown(page) == matches, slug


def test_a_page_of_html_in_other_typesetting_is_recognised(
    page: Page, corpus_site: str, tmp_path: Path
) -> None:
    text = (TEXTS / f"{COPIED}.txt").read_text("utf-8").replace('"', "“").replace("'", "’")
    blocks = "".join(f"<p><b>{block}</b></p>" for block in text.split("\n") if block)
    copy = tmp_path / "copy.html"
    copy.write_text(f"<title>x</title><script>var a</script>{blocks}", "utf-8")
    page.goto(f"{corpus_site}/source/{COPIED}")
    plain = open_copy(page, TEXTS / f"{COPIED}.txt")
    assert open_copy(page, copy) == plain


def test_nothing_of_the_copy_leaves_the_browser(page: Page, corpus_site: str) -> None:
    page.goto(f"{corpus_site}/source/{COPIED}")
    page.wait_for_load_state("networkidle")
    requests = []
    page.on("request", lambda request: requests.append((request.method, request.url)))
    open_copy(page, TEXTS / f"{COPIED}.txt")
    assert requests == [("GET", f"{corpus_site}/source/{COPIED}/record.json")]


def test_footnotes_and_sentences_show_the_copy_until_it_is_removed(
    page: Page, corpus_site: str
) -> None:
    page.goto(f"{corpus_site}/source/{COPIED}")
    open_copy(page, TEXTS / f"{COPIED}.txt")
    locator, text = next((place, text) for place, text in shown(page).items() if place != "h1")
    page.goto(f"{corpus_site}/source/{COPIED}/{locator}")
    page.locator(".dossier .copied").wait_for()
    assert normalise(page.locator(".dossier .copied").inner_text()) == text
    thing = page.locator("#supports ~ * a[href^='/page/'], section a[href^='/page/']").first
    thing.click()
    cited = page.locator(f".sources li:has(a[href='/source/{COPIED}/{locator}'])")
    assert normalise(cited.locator(".copied").inner_text()) == text
    number = cited.get_attribute("id")
    assert text[:40] in normalise(
        page.locator(f".notes a[href='#{number}']").first.get_attribute("data-place") or ""
    )
    page.goto(f"{corpus_site}/source/{COPIED}")
    page.get_by_role("button", name="Remove the copy from this browser").click()
    assert shown(page) == {}
    assert page.evaluate("Object.keys(localStorage)") == []


def test_another_text_is_not_kept(page: Page, corpus_site: str) -> None:
    page.goto(f"{corpus_site}/source/{COPIED}")
    assert "None of the recorded sentences" in open_copy(page, TEXTS / "five-powers-2018.txt")
    assert page.evaluate("Object.keys(localStorage)") == []


def test_the_page_with_an_open_copy_is_accessible(page: Page, corpus_site: str) -> None:
    page.goto(f"{corpus_site}/source/{COPIED}")
    open_copy(page, TEXTS / f"{COPIED}.txt")
    assert violations(page) == []
