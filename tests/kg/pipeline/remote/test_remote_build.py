"""A build on a SPARQL engine equals the embedded one, and leaves it alone until it is complete."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kg.model.errors import CheckFailed, KGError
from kg.pipeline.additions.additions import Addition
from kg.pipeline.build import build
from kg.pipeline.progress import BEGUN, Progress
from kg.pipeline.remote.remote_build import EngineToLoad
from kg.store.builds import Builds
from kg.store.manifest import REMOTE, Manifest
from kg.store.remote.engine import ROWS, RemoteEngine
from kg.store.remote.marker import OURS_GRAPH, BuildMarker
from kg.store.remote.opening import build_at
from kg.store.store import Store
from tests.loopback import LoopbackHandler
from tests.oxigraph_server import endpoint_at, engine_with, oxigraph_server
from tests.publishing import publish

pytestmark = pytest.mark.server

FILES = {
    "ships.ttl": "<urn:a> <urn:p> 1.50 , _:x . _:x <urn:q> 1 .",
    "ports.nt": "<urn:b> <urn:p> <urn:c> .\n" * 2,
    "lanes.nq": "".join(
        f"<urn:b> <urn:p> {rest} .\n" for rest in ("<urn:c> <urn:g>", "<urn:c> _:g", "<urn:d>")
    ),
}

OTHER = [Quad(NamedNode("urn:a"), NamedNode("urn:b"), Literal(1), NamedNode("urn:g"))]


@pytest.fixture
def url() -> Iterator[str]:
    with oxigraph_server() as address:
        yield address


@pytest.fixture
def additions(tmp_path: Path) -> list[Addition]:
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return [Addition.of(str(tmp_path / name)) for name in FILES]


def engine_at(url: str) -> tuple[RemoteEngine, BuildMarker | None]:
    """Return the engine at an address, and which build it holds."""
    engine = RemoteEngine(*endpoint_at(url))
    return engine, build_at(engine)


def load(url: str, *, replace: bool = False) -> EngineToLoad:
    return EngineToLoad(url, replace, drain=0)


def number_at(url: str) -> str:
    held = engine_at(url)[1]
    return held.number if held else ""


def test_it_is_the_build_that_is_made_in_memory(tree: Path, builds: Path, url: str) -> None:
    embedded = build(tree, builds / "embedded")
    remote = build(tree, builds / "remote", engine=load(url))
    assert (remote.number, remote.store) == (embedded.number, REMOTE)
    assert number_at(url) == remote.number
    there = set(Store("", engine_at(url)[0]).quads())
    assert there == set(Store.open(builds / "embedded" / "current").quads())


def test_added_files_stand_where_they_stand_in_memory(
    tree: Path, builds: Path, url: str, additions: list[Addition]
) -> None:
    embedded = build(tree, builds / "embedded", additions=additions)
    remote = build(tree, builds / "remote", additions=additions, engine=load(url))
    assert remote.number == embedded.number
    there = Store("", engine_at(url)[0])
    assert set(there.quads()) == set(Store.open(builds / "embedded" / "current").quads())
    ours = Store.open(builds / "embedded" / "current", ours=True).quads()
    assert set(there.graph(OURS_GRAPH)) == {
        quad.triple for quad in ours if quad.graph_name == DefaultGraph()
    }


def test_an_engine_that_holds_what_is_current_is_left_alone(
    tree: Path, builds: Path, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = build(tree, builds, engine=load(url))
    with pytest.raises(KGError, match=f"{url} holds build {first.number}, which is current"):
        build(tree, builds, engine=load(url))
    assert number_at(url) == first.number
    with oxigraph_server() as other:
        build(tree, builds, engine=load(other))
        monkeypatch.setenv("KG_STORE", f"{url},{other}")
        assert build(tree, builds, engine=load(url)).number == first.number
    assert build(tree, builds, engine=load(url, replace=True)).number == first.number
    # One directory, published again and again.
    assert [path.name for path in builds.iterdir() if path.is_dir() and not path.is_symlink()] == [
        first.number
    ]


def test_former_build_is_served_until_the_next_one_and_can_be_gone_back_to(
    tree: Path, builds: Path, url: str
) -> None:
    first = build(tree, builds, engine=load(url))
    with oxigraph_server() as other:
        served: list[str] = []
        change(tree)
        second = build(tree, builds, _watching(builds, served), engine=load(other))
        assert set(served) == {first.number}
        assert (number_at(url), number_at(other)) == (first.number, second.number)
        assert Builds(builds).current() == builds / second.number
    (builds / "back").symlink_to(first.number)
    (builds / "back").replace(builds / "current")
    assert Manifest.of(builds / "current").number == number_at(url) == first.number


def _watching(builds: Path, served: list[str]) -> Progress:
    def progress(stage: str, _result: str) -> None:
        if stage != "publish":
            served.append((builds / "current").readlink().name)

    return progress


def change(tree: Path) -> None:
    path = tree / "kg/entities/things.ttl"
    path.write_text(path.read_text("utf-8").replace("1905-06-07", "1905-06-08"), encoding="utf-8")


def test_graphs_of_others_are_not_removed(tree: Path, builds: Path, url: str) -> None:
    engine_with(url, OTHER)
    with pytest.raises(KGError, match="holds 1 graphs that are no build, such as <urn:g>"):
        build(tree, builds, engine=load(url))
    assert engine_at(url)[0].named_graphs() == [NamedNode("urn:g")]
    assert build(tree, builds, engine=load(url, replace=True)).number == number_at(url)


def test_a_failed_check_leaves_what_is_current(tree: Path, builds: Path, url: str) -> None:
    last = publish(builds, OTHER)
    path = tree / "kg/entities/things.ttl"
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text}\nid:nameless a dip:State .\n", encoding="utf-8")
    messages: list[str] = []
    with pytest.raises(CheckFailed, match="id:nameless"):
        build(tree, builds, lambda _, words: messages.append(words), engine=load(url))
    assert messages[-1] == f"{url} holds no build now; what is current stays so"
    assert number_at(url) == ""
    assert Builds(builds).current() == builds / last.number
    # What the failed load has left is no reason to refuse the next one.
    path.write_text(text, encoding="utf-8")
    assert build(tree, builds, engine=load(url)).number == number_at(url)


@pytest.mark.parametrize("stage", ["compare", "label-missing", "index"])
def test_an_engine_that_dies_stops_the_build_with_one_line(
    tree: Path, builds: Path, stage: str
) -> None:
    last = publish(builds, OTHER)
    with ExitStack() as server:
        url = server.enter_context(oxigraph_server())
        with pytest.raises(KGError, match=f"^{url} does not answer [^\n]+$"):
            build(tree, builds, _at(stage, server.close), engine=load(url))
    assert Builds(builds).current() == builds / last.number
    assert not list(builds.glob(".draft-*"))


def _at(stage: str, act: Callable[[], object]) -> Progress:
    """Return what acts when a stage of a build ends."""

    def progress(name: str, result: str) -> None:
        if name == stage and not result.endswith(BEGUN):
            act()

    return progress


def test_what_is_lost_on_the_way_is_noticed(tree: Path, builds: Path, url: str) -> None:
    endpoint, _ = endpoint_at(url)
    lose = partial(endpoint.update, "DROP GRAPH <https://w3id.org/aide-memoire/graph/inferred>")
    with pytest.raises(KGError, match=r"does not hold what was sent: 0 statements in <.*inferred>"):
        build(tree, builds, _at("describe", lose), engine=load(url))
    assert (number_at(url), Builds(builds).current()) == ("", None)


def test_two_loads_of_one_engine_do_not_both_succeed(tree: Path, builds: Path, url: str) -> None:
    def load_as_well() -> None:
        build(tree, builds / "other", engine=load(url))

    with pytest.raises(KGError, match="another build was loaded there at the same time"):
        build(tree, builds / "this", _at("index", load_as_well), engine=load(url))
    assert Builds(builds / "this").current() is None


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (401, "HTTP 401 for an update: wrong password"),
        (507, "HTTP 507 for an update: the disk is full"),
    ],
)
def test_an_engine_that_refuses_is_named_with_its_words(
    tree: Path, builds: Path, status: int, words: str
) -> None:
    last = publish(builds, OTHER)
    with refusing_engine(status, words.rpartition(": ")[2]) as url:
        error = _error(tree, builds, url)
    assert error.startswith(f"{url}: ")
    assert error.endswith(words)
    assert "\n" not in error
    assert Builds(builds).current() == builds / last.number


def _error(tree: Path, builds: Path, url: str) -> str:
    with pytest.raises(KGError) as error:
        build(tree, builds, engine=load(url))
    return str(error.value)


@contextmanager
def refusing_engine(status: int, words: str) -> Iterator[str]:
    """Serve an engine that has no graph, answers queries and takes no update."""

    class Handler(LoopbackHandler):
        server_version = "Oxigraph/0"

        def do_POST(self) -> None:  # noqa: N802 - the name that http.server calls
            query = self.rfile.read(int(self.headers["Content-Length"]))
            accept = self.headers.get("Accept", "")
            is_query, is_graph = self.path == "/query", "triples" in accept
            empty = b'{"head": {"vars": []}, "results": {"bindings": []}}'
            answer = b'{"head": {}, "boolean": false}' if b"ASK" in query else empty
            body = (b"" if is_graph else answer) if is_query else words.encode()
            media_type = accept if is_graph else ROWS
            self.respond(200 if is_query else status, media_type, body)

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/query"
        finally:
            server.shutdown()
