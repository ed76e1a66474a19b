"""The notebook of the site is a valid one, and each of its cells runs against the server."""

import ast
from urllib.request import urlopen

import nbformat
import pytest


@pytest.fixture(scope="module")
def notebook(site: str) -> nbformat.NotebookNode:
    with urlopen(f"{site}/notebook.ipynb") as response:  # noqa: S310 - our own server
        assert response.headers["Content-Type"] == "application/x-ipynb+json"
        return nbformat.reads(response.read().decode(), as_version=4)


def test_it_is_a_valid_notebook(notebook: nbformat.NotebookNode) -> None:
    nbformat.validate(notebook)
    assert {cell.cell_type for cell in notebook.cells} == {"markdown", "code"}


def test_every_cell_runs_and_its_last_line_has_a_value(
    notebook: nbformat.NotebookNode, site: str
) -> None:
    names: dict[str, object] = {}
    shown = {}
    for cell in notebook.cells:
        if cell.cell_type == "code":
            shown[cell.id] = run(cell.source, names)
    assert names["SITE"] == site
    assert len(shown["question"]) == 5
    assert "Japan" in " ".join(names["japan"]["cited"].dropna())
    assert shown["sparql"] == sorted(shown["sparql"])
    assert all("/source/" in iri for iri in shown["evidence"])
    assert names["thing"]["iri"].endswith("/japan")
    assert {"japan", "russia"} <= {node for node, _ in shown["network"]}
    assert shown.pop("site") is None
    assert shown.pop("thing") > 0
    assert all(len(value) for value in shown.values())


def run(source: str, names: dict[str, object]) -> object:
    """Run a cell, and return the value of its last line, which a notebook shows."""
    *lines, last = ast.parse(source).body
    exec(compile(ast.Module(lines, []), "cell", "exec"), names)  # noqa: S102 - what is tested
    if not isinstance(last, ast.Expr):
        exec(compile(ast.Module([last], []), "cell", "exec"), names)  # noqa: S102 - as above
        return None
    return eval(compile(ast.Expression(last.value), "cell", "eval"), names)  # noqa: S307 - as above
