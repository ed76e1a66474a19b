"""What a linked dataset says, as a reader meets it: nothing before the click, all from our host."""

import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.axe import violations_everywhere
from tests.browser.driving import Visit, context
from tests.kg.outside import strelsau
from tests.kg.outside.stand_in import Dataset, Reply, dataset
from tests.publishing import publish
from tests.serving import serving

pytestmark = pytest.mark.browser

RECORD = "/wiki/Special:EntityData/Q901.ttl"
CREDIT = (
    "/w/api.php?action=query&format=json&formatversion=2&prop=imageinfo&iiprop=extmetadata"
    "&iiextmetadatafilter=Artist%7CLicenseShortName%7CLicenseUrl&titles=File%3AStrelsau+castle.jpg"
)
IMAGE = "/wiki/Special:FilePath/Strelsau%20castle.jpg?width=480"


def png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\x80" * width) * height)
    parts = ((b"IHDR", header), (b"IDAT", rows), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(kind, data) for kind, data in parts)


@pytest.fixture(scope="module")
def wikidata() -> Iterator[Dataset]:
    with dataset() as server:
        record = Reply(strelsau.WIKIDATA.encode(), headers={"Content-Type": "text/turtle"})
        server.reply(RECORD, record)
        server.reply(CREDIT, Reply(strelsau.CREDIT))
        server.reply(IMAGE, Reply(png(480, 320), headers={"Content-Type": "image/png"}))
        yield server


@pytest.fixture(scope="module")
def place(wikidata: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("look")
    publish(folder / "builds", strelsau.quads())
    hosts = ("www.wikidata.org", "commons.wikimedia.org", "dbpedia.org")
    mirrors = " ".join(f"{host}={wikidata.origin}" for host in hosts)
    log, builds = Path(folder / "log"), folder / "builds"
    with serving(log, BUILDS=builds, LOOK_LOCAL=mirrors) as (port, _):
        yield f"http://127.0.0.1:{port}"


def test_a_reader_looks_through_a_link(chrome: Browser, place: str, wikidata: Dataset) -> None:
    window = context(chrome, "desktop", "light")
    visit = Visit(window.new_page(), place).open("/page/strelsau")
    link = visit.page.get_by_role("link", name="Show what it says (Wikidata Q901)")
    link.hover()
    assert wikidata.requests == []
    link.click()
    visit.page.wait_for_load_state()
    assert visit.page.get_by_role("heading", level=1).inner_text() == "What Wikidata says"
    differing = visit.page.locator("tr:has(.differs) th")
    assert differing.all_inner_texts() == ["Name 日本語", "ISO code of two letters"]
    image = visit.page.locator(".borrowed img")
    assert image.evaluate("image => image.decode().then(() => image.naturalWidth)") == 480
    # Each once, whichever processes of the server answered.
    assert [path for _, path in wikidata.requests] == [RECORD, CREDIT, IMAGE]
    assert violations_everywhere(visit) == []
    assert visit.wrong == []
    window.close()


def test_a_failure_is_a_page_that_leads_on(chrome: Browser, place: str) -> None:
    window = context(chrome, "phone", "dark")
    visit = Visit(window.new_page(), place).open("/look/strelsau/dbpedia")
    assert visit.status == 502
    assert "dbpedia.org has no such record" in visit.page.locator("main").inner_text()
    assert violations_everywhere(visit) == []
    visit.page.get_by_role("link", name="try again").click()
    assert visit.wrong == []
    window.close()
