"""Packages are layers: ontology (data) <- kg (no HTTP server) <- web; each looks only down."""

import ast
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
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
        "web.did_you_mean",
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


# One test for all modules: there are hundreds, and each test of its own takes milliseconds.
def faulty(found: Mapping[str, Collection[object]]) -> dict[str, Collection[object]]:
    """Return what was found wrong, by module, without the modules that have nothing wrong."""
    return {name: faults for name, faults in found.items() if faults}


def test_nothing_is_imported_upward() -> None:
    upward = {
        module: [name for name in imported(path) if layer(name) > layer(module)]
        for module, path in MODULES.items()
        if module != "kg"
    }
    assert faulty(upward) == {}


def test_a_build_is_made_without_what_reads_it() -> None:
    used = {
        module: {".".join(name.split(".")[:2]) for name in imported(path)} - PIPELINE
        for module, path in MODULES.items()
        if module.startswith("kg.pipeline")
    }
    assert faulty(used) == {}


def test_kg_has_nothing_of_the_web_and_no_server() -> None:
    names = {
        dotted(path): {name for pair in imports(path) for name in (pair[0], ".".join(pair))}
        for path in modules("kg")
    }
    used = {
        module: [name for name in named if name.split(".")[0] in WEB_ONLY or name in SERVERS]
        for module, named in names.items()
    }
    assert faulty(used) == {}


def test_web_takes_only_terms_from_the_engine() -> None:
    taken = {
        dotted(path): [
            name
            for module, name in imports(path)
            if module.split(".")[0] == "pyoxigraph" and (name in ENGINE_ONLY or not name)
        ]
        for path in modules("web")
    }
    assert faulty(taken) == {}


def test_ontology_is_data() -> None:
    assert modules("ontology") == []


def test_packages_have_at_most_a_dozen_modules() -> None:
    packages = defaultdict(list)
    for path in MODULES.values():
        if path.name != "__init__.py":
            packages[str(path.parent.relative_to(ROOT))].append(path.name)
    assert {name: names for name, names in packages.items() if len(names) > MOST_MODULES} == {}


def test_a_package_says_what_it_is_for() -> None:
    packages = {dotted(path): path for path in MODULES.values() if path.name == "__init__.py"}
    docstrings = {name: ast.get_docstring(parsed(path)) or "" for name, path in packages.items()}
    assert [name for name, text in docstrings.items() if len(text.splitlines()) < 5] == []


def test_module_is_short_and_opens_with_one_line() -> None:
    lengths = {name: len(path.read_text("utf-8").splitlines()) for name, path in MODULES.items()}
    assert {name: lines for name, lines in lengths.items() if lines > MOST_LINES} == {}
    assert [name for name, path in MODULES.items() if not ast.get_docstring(parsed(path))] == []


def test_functions_are_short() -> None:
    assert faulty({module: list(long_functions(path)) for module, path in MODULES.items()}) == {}


def long_functions(path: Path) -> Iterator[str]:
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
            lines = node.end_lineno - node.lineno + 1
            if lines > MOST_FUNCTION_LINES:
                yield f"{node.name} ({lines} lines)"


def test_no_two_public_definitions_share_a_name() -> None:
    places = defaultdict(list)
    for module, path in MODULES.items():
        for node in definitions(path):
            if not node.name.startswith("_"):
                places[node.name].append(module)
    assert {name: where for name, where in places.items() if len(where) > 1} == {}


def test_no_import_is_renamed() -> None:
    assert faulty({module: list(renamed(path)) for module, path in MODULES.items()}) == {}


def renamed(path: Path) -> Iterator[str]:
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in NOT_RENAMED:
            yield from (f"{alias.name} as {alias.asname}" for alias in node.names if alias.asname)


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
