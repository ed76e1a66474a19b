"""Packages are layers: ontology (data) <- kg (no HTTP server) <- web; each looks only down."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from kg.model.prefixes import ROOT

# From the ground up: a module may import from its own layer and from those named before it.
LAYERS = (
    *("kg.model", "kg.nquads", "kg.exports", "kg.references", "kg.sparql", "kg.store"),
    *("kg.inference", "kg.citation"),
    *(
        "kg.index",
        "kg.terms",
        "kg.statements",
        "kg.network",
        "kg.things",
        "kg.added_data",
        "kg.lists",
        "kg.together",
        "kg.ask",
        "kg.matching",
    ),
    *("kg.reconciliation", "kg.tables", "kg.pipeline", "kg.spark", "kg.authoring", "kg.federation"),
    *("kg.outside", "kg.linking", "kg.link_check", "kg.endpoint", "kg.workers"),
    *("kg.saved", "kg.releases", "kg.agents", "kg.cli"),
    *(
        "web.root_path",
        "web.problem_types",
        "web.urls",
        "web.request",
        "web.drawing",
        "web.serving",
        "web.texts",
        "web.errors",
        "web.exports",
    ),
    *("web.cite", "web.saved", "web.ask", "web.releases", "web.programs"),
    *(
        "web.query",
        "web.protocol",
        "web.reconciliation",
        "web.links",
        "web.outside",
        "web.about",
        "web.pages",
        "web.embed",
        "web",
        "web.edge",
        "web.__main__",
    ),
)
# What building needs of the layers before it: nothing that reads a finished build for pages.
PIPELINE = {
    *("kg.model", "kg.nquads", "kg.sparql", "kg.store", "kg.inference", "kg.citation"),
    *("kg.index", "kg.tables", "kg.pipeline"),
}

WEB_ONLY = {"web", "flask", "werkzeug", "granian", "uvicorn", "jinja2", "markupsafe"}
NOT_RENAMED = {"kg", "web", "flask", "werkzeug"}
SERVERS = {"http.server", "socketserver", "wsgiref", "xmlrpc.server"}
ENGINE_ONLY = {"Store", "Dataset", "parse", "serialize", "parse_query_results", "QuadParser"}
MOST_MODULES, MOST_LINES, MOST_FUNCTION_LINES = 12, 250, 30
SCRIPTS = sorted((ROOT / "web" / "assets" / "script").rglob("*.js"))

# What is written as a function of a script is: its last line is indented as its first.
_FUNCTION = re.compile(
    r"^( *+)(?:[^\n]*(?:\bfunction\b|=>)|(?:async )?\w+\()[^\n]*\{$.*?^\1\}",
    re.MULTILINE | re.DOTALL,
)


def modules(package: str) -> list[Path]:
    paths = (ROOT / package).rglob("*.py")
    return sorted(path for path in paths if "node_modules" not in path.parts)


def dotted(path: Path) -> str:
    """Return a module's name as Python imports it."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


MODULES = {dotted(path): path for path in modules("kg") + modules("web")}


def imports(path: Path) -> set[tuple[str, str]]:
    tree = parsed(path)
    whole = {(a.name, "") for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
    parts = [n for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and not n.level]
    return whole | {(n.module or "", a.name) for n in parts for a in n.names}


def imported(path: Path) -> set[str]:
    """Return the modules of kg and web that a module imports."""
    names = {
        f"{module}.{name}" if f"{module}.{name}" in MODULES else module
        for module, name in imports(path)
    }
    return {name for name in names if name.split(".")[0] in {"kg", "web"}}


def layer(module: str) -> int:
    """Return the height of the layer that a module belongs to."""
    fits = [name for name in LAYERS if module == name or module.startswith(f"{name}.")]
    return LAYERS.index(max(fits, key=len)) if fits else -1


def definitions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    for node in parsed(path).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node


@pytest.mark.parametrize("module", [name for name in MODULES if name != "kg"])
def test_nothing_is_imported_upward(module: str) -> None:
    height = layer(module)
    assert {name for name in imported(MODULES[module]) if layer(name) > height} == set()


@pytest.mark.parametrize("module", [name for name in MODULES if name.startswith("kg.pipeline")])
def test_a_build_is_made_without_what_reads_it(module: str) -> None:
    used = {".".join(name.split(".")[:2]) for name in imported(MODULES[module])}
    assert used <= PIPELINE


@pytest.mark.parametrize("path", modules("kg"), ids=dotted)
def test_kg_has_nothing_of_the_web_and_no_server(path: Path) -> None:
    names = {module for module, _ in imports(path)} | {f"{m}.{n}" for m, n in imports(path)}
    assert {name for name in names if name.split(".")[0] in WEB_ONLY or name in SERVERS} == set()


@pytest.mark.parametrize("path", modules("web"), ids=dotted)
def test_web_takes_only_terms_from_the_engine(path: Path) -> None:
    engine = {(m, name) for m, name in imports(path) if m.split(".")[0] == "pyoxigraph"}
    assert [name for _, name in engine if name in ENGINE_ONLY or not name] == []


def test_ontology_is_data() -> None:
    assert modules("ontology") == []


def test_packages_have_at_most_a_dozen_modules() -> None:
    packages = defaultdict(list)
    for path in MODULES.values():
        if path.name != "__init__.py":
            packages[str(path.parent.relative_to(ROOT))].append(path.name)
    assert {name: names for name, names in packages.items() if len(names) > MOST_MODULES} == {}


@pytest.mark.parametrize(
    "package", [path for path in MODULES.values() if path.name == "__init__.py"], ids=dotted
)
def test_a_package_says_what_it_is_for(package: Path) -> None:
    lines = (ast.get_docstring(parsed(package)) or "").splitlines()
    assert len(lines) >= 5


@pytest.mark.parametrize("path", MODULES.values(), ids=dotted)
def test_module_is_short_and_opens_with_one_line(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= MOST_LINES
    assert ast.get_docstring(parsed(path))


@pytest.mark.parametrize("path", MODULES.values(), ids=dotted)
def test_functions_are_short(path: Path) -> None:
    nodes = ast.walk(parsed(path))
    long = [
        f"{node.name} ({node.end_lineno - node.lineno + 1} lines)"
        for node in nodes
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno
        and node.end_lineno - node.lineno >= MOST_FUNCTION_LINES
    ]
    assert long == []


def test_no_two_public_definitions_share_a_name() -> None:
    places = defaultdict(list)
    for module, path in MODULES.items():
        for node in definitions(path):
            if not node.name.startswith("_"):
                places[node.name].append(module)
    assert {name: where for name, where in places.items() if len(where) > 1} == {}


@pytest.mark.parametrize("path", MODULES.values(), ids=dotted)
def test_no_import_is_renamed(path: Path) -> None:
    tree = parsed(path)
    nodes = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    ours = [node for node in nodes if (node.module or "").split(".")[0] in NOT_RENAMED]
    names = [alias for node in ours for alias in node.names]
    assert [f"{alias.name} as {alias.asname}" for alias in names if alias.asname] == []


def script(path: Path) -> str:
    return "/".join(path.parts[path.parts.index("script") + 1 :])


def functions(text: str) -> Iterator[str]:
    """List the functions of a script, those within others too."""
    at = 0
    while match := _FUNCTION.search(text, at):
        yield match[0]
        at = text.index("\n", match.start())


@pytest.mark.parametrize("path", SCRIPTS, ids=script)
def test_script_is_short_and_opens_with_one_line(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.startswith("// ")
    assert len(text.splitlines()) <= MOST_LINES
    lengths = {one.splitlines()[0]: len(one.splitlines()) for one in functions(text)}
    assert {name: size for name, size in lengths.items() if size > MOST_FUNCTION_LINES} == {}


def test_a_long_function_of_a_script_is_seen() -> None:
    body = "\n".join(["    go();"] * 30)
    text = f"const KEYS = {{\n  async press(key) {{\n{body}\n  }},\n}};\n"
    assert [len(one.splitlines()) for one in functions(text)] == [32]
    text = f"function outer() {{\n  const inner = (a) => {{\n{body}\n  }};\n}}\n"
    assert [len(one.splitlines()) for one in functions(text)] == [34, 32]


def test_an_import_upward_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "module.py"
    path.write_text("from kg import lists\nfrom web.edge.connection_limits import EdgeLimits\n")
    assert imported(path) == {"kg.lists", "web.edge.connection_limits"}
    assert layer("kg.lists") < layer("kg.lists.search") + 1 <= layer("web.edge.connection_limits")
