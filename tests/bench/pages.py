"""How long the server takes over the page of a thing, however connected: `make pace`.

The real graph with synthetic statements among its own, 1,000 and 1,000,000 by default. The server
keeps no answers. First times are of pages that no request has asked for before; again, of those
that one has. The most connected thing is compared with the median of all others asked.
"""

from __future__ import annotations

import argparse
import http.client
import random
import statistics
import tempfile
import time
from pathlib import Path

from pyoxigraph import DefaultGraph, NamedNode, RdfFormat

from kg.index.reader import index
from kg.index.thing_filter import ThingFilter
from kg.model.prefixes import ROOT, THING
from kg.model.source_texts import SourceTexts
from kg.pipeline.build import checked_graph, index_and_publish
from kg.pipeline.describe import describe
from kg.store.builds import Current
from kg.store.draft_graph import EmbeddedDraft
from kg.store.manifest import PAGES_QUADS
from tests.bench.generate import BASE, DIP, Size, triples
from tests.serving import serving, tree
from web.serving.prerender import MOST

ASKED = 200

# Ticks in two seconds that a server with nothing to do may spend.
_IDLE = 5

_PAGES = (
    *("page first, ms", "page first, most connected, ms", "page first, next connected, ms"),
    *("page again, ms", "page again, most connected, ms", "search, ms", "timeline, ms"),
)
_LINKS = ("links to the most connected", "links to the next connected")
_LINE = "{:>10}{:>10}{:>12}{:>12}{:>10}{:>12}{:>10}{:>10}{:>8}   {}"


def main() -> None:
    """Print a row for each size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 1_000_000])
    columns = (
        "first",
        "first, most",
        "first, next",
        "again",
        "again, most",
        "search",
        "timeline",
        "build",
    )
    print(_LINE.format("", *columns, ""))
    for size in parser.parse_args().sizes:
        _row(size)


def _row(size: int) -> None:
    with tempfile.TemporaryDirectory(prefix="kg-pages-") as folder:
        file, builds = Path(folder) / "synthetic.nt", Path(folder) / "builds"
        write_among_ours(file, size)
        start = time.perf_counter()
        _publish(file, builds)
        spent = time.perf_counter() - start
        with serving(Path(folder) / "log", BUILDS=builds, CACHE_BYTES=0) as (port, pid):
            rest(pid)
            figures = measure_pages(port, builds)
    told = [f"{figures[name]:.1f} ms" for name in _PAGES]
    linked = "{:,.0f} links to the most connected, {:,.0f} to the next".format(
        *(figures[name] for name in _LINKS)
    )
    print(_LINE.format(f"{size:,}", *told, f"{spent:.0f} s", linked))


def measure_pages(port: int, builds: Path) -> dict[str, float]:
    """Return the milliseconds that pages of the current build take, and the degrees of two."""
    known = index(Current(builds, most=PAGES_QUADS, ours=True).store())
    ranked = known.members(ThingFilter(), "degree", MOST + 1)
    most, following = ranked[0], ranked[MOST]
    others = set(known.members(ThingFilter(), "name", 10**7)).difference(ranked)
    slugs = sorted(iri.removeprefix(THING) for iri in others)
    asked = random.Random(7).sample(slugs, min(ASKED, len(slugs)))  # noqa: S311
    times = _times(port, asked, *(iri.removeprefix(THING) for iri in (most, following)))
    degrees = (known.resource(iri).degree for iri in (most, following))
    return dict(zip((*_PAGES, *_LINKS), (*times, *degrees), strict=True))


def _publish(file: Path, builds: Path) -> None:
    """Publish the real graph with the statements among its own: pages leave added files out."""
    graph = EmbeddedDraft()
    checked_graph(ROOT, graph=graph)
    for target in (NamedNode(BASE), DefaultGraph()):
        graph.engine.bulk_load(path=str(file), format=RdfFormat.N_TRIPLES, to_graph=target)
    describe(graph, ROOT)
    index_and_publish(builds, graph, SourceTexts.of_tree(ROOT))


def write_among_ours(path: Path, size: int) -> None:
    """Write synthetic statements about things of ours."""
    with path.open("w", encoding="utf-8") as file:
        for line in triples(Size(size)):
            ours = line.replace(f"<{BASE}", f"<{THING}")
            file.write(f"{ours}\n")
            # What a build derives of our own facts, it does not of others'.
            if f"<{DIP}date>" in ours:
                ends = ("earliest", "latest")
                file.writelines(ours.replace("#date>", f"#{end}>") + "\n" for end in ends)


def rest(pid: int) -> None:
    """Wait until the server has rendered what it renders before anybody asks."""
    spent = _spent(pid)
    while True:
        time.sleep(2)
        before, spent = spent, _spent(pid)
        if spent - before < _IDLE:
            return


def _spent(pid: int) -> float:
    """Return the processor time of a process and of all that descend from it, in ticks."""
    fields = (Path(f"/proc/{one}/stat").read_text().rsplit(")", 1)[1].split() for one in tree(pid))
    return sum(float(known[11]) + float(known[12]) for known in fields)


def _times(port: int, asked: list[str], most: str, following: str) -> list[float]:
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    for _ in range(40):  # each of the server's processes has read what it reads once
        _ask(client, "/page/g7")
        _ask(client, "/search?q=state")
    first = {slug: _ask(client, f"/page/{slug}") for slug in asked}
    first_most, first_next = (_ask(client, f"/page/{slug}") for slug in (most, following))
    again = [_ask(client, f"/page/{slug}") for slug in first for _ in range(5)]
    again_most = [_ask(client, f"/page/{most}") for _ in range(50)]
    words = ("state+1", "treaty", "x") * 10
    search = [_ask(client, f"/search?q={word}&format=json") for word in words]
    timeline = [_ask(client, "/timeline") for _ in range(5)]
    client.close()
    found = (
        statistics.median(first.values()),
        first_most,
        first_next,
        *map(statistics.median, (again, again_most, search, timeline)),
    )
    return [seconds * 1000 for seconds in found]


def _ask(client: http.client.HTTPConnection, path: str) -> float:
    """Ask a server that keeps no answer; return the seconds that it took."""
    start = time.perf_counter()
    client.request("GET", path, headers={"Accept": "text/html"})
    answer = client.getresponse()
    body = answer.read()
    if answer.status != 200:
        raise SystemExit(f"{path}: {answer.status} {body[:200]!r}")
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
