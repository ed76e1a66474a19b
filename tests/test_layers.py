"""Dependencies point one way: ontology (data) <- kg (no HTTP) <- web (no store internals)."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.model.prefixes import ROOT

WEB_ONLY = {
    *("web", "flask", "werkzeug", "jinja2", "markupsafe"),
    *("granian", "uvicorn", "http.server", "socketserver", "wsgiref"),
}
ENGINE_ONLY = {"Store", "Dataset", "parse", "serialize", "parse_query_results", "QuadParser"}
SCRIPTS = sorted((ROOT / "web" / "assets" / "script").rglob("*.js"))

# What is written as a function of a script is: its last line is indented as its first.
_FUNCTION = re.compile(
    r"^( *+)(?:[^\n]*(?:\bfunction\b|=>)|(?:async )?\w+\()[^\n]*\{$.*?^\1\}",
    re.MULTILINE | re.DOTALL,
)


def modules(package: str) -> list[Path]:
    return sorted((ROOT / package).rglob("*.py"))


def imports(path: Path) -> set[tuple[str, str]]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = {(a.name, "") for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
    taken = [n for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and not n.level]
    return found | {(n.module or "", a.name) for n in taken for a in n.names}


@pytest.mark.parametrize("path", modules("kg"), ids=lambda path: path.stem)
def test_kg_neither_knows_the_web_nor_runs_a_server(path: Path) -> None:
    names = {f"{module}.{name}" for module, name in imports(path)}
    assert [n for n in names if any(f"{n}.".startswith(f"{top}.") for top in WEB_ONLY)] == []


@pytest.mark.parametrize("path", modules("web"), ids=lambda path: path.stem)
def test_web_takes_only_terms_from_the_engine(path: Path) -> None:
    engine = {(m, name) for m, name in imports(path) if m.split(".")[0] == "pyoxigraph"}
    assert [name for _, name in engine if name in ENGINE_ONLY or not name] == []


def test_ontology_is_data() -> None:
    assert modules("ontology") == []


@pytest.mark.parametrize("path", modules("kg") + modules("web"), ids=lambda path: path.stem)
def test_module_is_short_and_opens_with_one_line(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 250
    assert not text or ast.get_docstring(ast.parse(text))


def script(path: Path) -> str:
    return "/".join(path.parts[path.parts.index("script") + 1 :])


def functions(text: str) -> Iterator[str]:
    """List the functions of a script, those within others too."""
    at = 0
    while found := _FUNCTION.search(text, at):
        yield found[0]
        at = text.index("\n", found.start())


@pytest.mark.parametrize("path", SCRIPTS, ids=script)
def test_script_is_short_and_opens_with_one_line(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.startswith("// ")
    assert len(text.splitlines()) <= 250
    long = [found.splitlines()[0] for found in functions(text) if len(found.splitlines()) > 30]
    assert not long


def test_a_long_function_of_a_script_is_found() -> None:
    body = "\n".join(["    go();"] * 30)
    text = f"const KEYS = {{\n  async press(key) {{\n{body}\n  }},\n}};\n"
    assert [len(found.splitlines()) for found in functions(text)] == [32]
    text = f"function outer() {{\n  const inner = (a) => {{\n{body}\n  }};\n}}\n"
    assert [len(found.splitlines()) for found in functions(text)] == [34, 32]
