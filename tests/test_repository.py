"""What the repository as a whole promises: no prose of the sources, no registry, no machine."""

import re
import subprocess
import unicodedata
from fnmatch import fnmatch
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ARTICLE = ROOT.parent / "shared" / "article" / "japan-russia-west-2018.txt"
RUN = 5
# Names and titles carry over from a source; its sentences do not.
NAMES = (
    "A New Cold War With Russia Forces Japan to Choose Sides",
    "APEC Business Advisory Council",
    "Associate Professor of Political Science",
    "end of World War II",
    "Minister for Economic Cooperation with Russia",
    "St. Petersburg International Economic Forum",
    "the Year of Japan-Russia",
)
REGISTRIES = ("py" + "pi.org", "python" + "hosted.org", "npm" + "js.org", "npm" + "js.com")


def committed_files():
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],  # noqa: S607
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listing.returncode != 0:
        pytest.skip("not a git checkout")
    for name in listing.stdout.splitlines():
        path = ROOT / name
        if path.is_file() and path.suffix not in {".png", ".svg"}:
            yield name, path.read_text(encoding="utf-8")


def words(text):
    return re.findall(r"\w+", unicodedata.normalize("NFKC", text).lower())


def runs(text):
    found = words(text)
    return {tuple(found[at : at + RUN]) for at in range(len(found) - RUN + 1)}


def test_no_file_holds_five_words_of_the_article_in_a_row():
    if not ARTICLE.is_file():
        pytest.skip("the article's text is not beside this checkout")
    prose = runs(ARTICLE.read_text(encoding="utf-8"))
    names = set().union(*map(runs, NAMES))
    held = [
        f"{name}:{number}: {' '.join(run)}"
        for name, text in committed_files()
        for number, line in enumerate(text.splitlines(), 1)
        for run in (runs(line) & prose) - names
    ]
    assert not held, "say it in our own words:\n" + "\n".join(held)


def test_no_file_names_a_registry():
    named = [
        f"{name} names {host}"
        for name, text in committed_files()
        for host in REGISTRIES
        if host in text
    ]
    assert not named, "\n".join(named)


def test_the_top_level_holds_only_what_the_layout_names():
    shown = {path.split("/")[0] for path, _ in committed_files() if not path.startswith(".")}
    layout = {"LICENSE", "Makefile", "README.md", "kg", "ontology", "pyproject.toml"}
    assert shown == layout | {"tests", "web"}


def test_pytest_reads_every_folder_that_has_tests(pytestconfig: pytest.Config) -> None:
    passed_over = pytestconfig.getini("norecursedirs")
    tests = [Path(name) for name, _ in committed_files() if Path(name).name.startswith("test_")]
    assert Path("tests/kg/pipeline") in {path.parent for path in tests}
    for part in {part for path in tests for part in path.parent.parts}:
        assert not any(fnmatch(part, pattern) for pattern in passed_over), part
