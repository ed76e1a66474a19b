"""What each kind of page weighs, and how long the server takes over it: `make weigh`.

Bytes are those that a browser with an empty cache is sent, coded as they come. Times are of the
server alone, over loopback, each request with a parameter that no kept answer has.
"""

from __future__ import annotations

import http.client
import statistics
import time
from collections import defaultdict
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Page

from tests.browser.driving import Visit, context, driving, site
from tests.browser.pages import PAGES

ROUNDS = 30

_KINDS = ("document", "stylesheet", "script", "font", "map")

# Sizes are in thousands of bytes.
_LINE = "{:24}{:>8}{:>8}{:>8}{:>8}{:>8}{:>8}{:>8}{:>8}"


def weight(page: Page, root: str, path: str) -> dict[str, int]:
    """Return the bytes sent for a page by type of resource (document, stylesheet, script, …)."""
    watch = page.context.new_cdp_session(page)
    watch.send("Network.enable")
    watch.send("Network.setCacheDisabled", {"cacheDisabled": True})
    kinds: dict[str, str] = {}
    sent: dict[str, int] = defaultdict(int)
    watch.on("Network.responseReceived", lambda e: kinds.update({e["requestId"]: _kind(e)}))

    def finished(event: dict[str, object]) -> None:
        kind = kinds.get(str(event["requestId"]), "Other").lower()
        sent[kind] += int(str(event["encodedDataLength"]).partition(".")[0])

    watch.on("Network.loadingFinished", finished)
    visit = Visit(page, root).open(path)
    page.wait_for_load_state("networkidle")
    visit.leave()
    watch.detach()
    return dict(sent)


def _kind(event: dict[str, Any]) -> str:
    """Tell the land that a map is drawn on from all else."""
    name = event["response"]["url"].rpartition("/")[2]
    return "map" if name.startswith(("world.svg", "near-", "coast_")) else str(event["type"])


def seconds(root: str, path: str, rounds: int = ROUNDS) -> list[float]:
    """Return how long the server takes over a page, uncached, one request after another."""
    address = urlsplit(root)
    joint = "&" if "?" in path else "?"
    client = http.client.HTTPConnection(address.hostname or "", address.port, timeout=30)
    found = []
    for number in range(rounds):
        start = time.perf_counter()
        client.request("GET", f"{path}{joint}_={number}-{start}", headers={"Accept": "text/html"})
        client.getresponse().read()
        found.append(time.perf_counter() - start)
    client.close()
    return found


def main() -> None:
    """Print a table of every kind of page."""
    with driving() as browser, site() as root:
        page = context(browser, "desktop", "light").new_page()
        print(_LINE.format("page", "sent", "html", "css", "js", "fonts", "maps", "other", "ms"))
        for name, path in PAGES.items():
            sent = weight(page, root, path)
            parts = [sent.pop(kind, 0) for kind in _KINDS]
            other, took = sum(sent.values()), statistics.median(seconds(root, path)) * 1000
            figures = [f"{part / 1000:.1f}" for part in (sum(parts) + other, *parts, other)]
            print(_LINE.format(name, *figures, f"{took:.1f}"))


if __name__ == "__main__":
    main()
