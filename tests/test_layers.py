"""Dependencies point one way: ontology (data) <- kg (no HTTP) <- web (no store internals)."""

import ast
from pathlib import Path

import pytest

from kg.prefixes import ROOT

WEB_ONLY = {"web", "flask", "werkzeug", "granian", "jinja2", "markupsafe"}
ENGINE_ONLY = {"Store", "Dataset", "parse", "serialize", "parse_query_results", "QuadParser"}


def modules(package: str) -> list[Path]:
    return sorted((ROOT / package).rglob("*.py"))


def imports(path: Path) -> set[tuple[str, str]]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = {(a.name, "") for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
    taken = [n for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and not n.level]
    return found | {(n.module or "", a.name) for n in taken for a in n.names}


@pytest.mark.parametrize("path", modules("kg"), ids=lambda path: path.stem)
def test_kg_knows_nothing_of_the_web(path: Path) -> None:
    assert {module for module, _ in imports(path) if module.split(".")[0] in WEB_ONLY} == set()


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
