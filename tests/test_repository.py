"""What the repository as a whole promises: no prose of the sources, no registry, no machine."""

import re
import subprocess
import unicodedata
from fnmatch import fnmatch
from pathlib import Path

import pytest

from kg.model.prefixes import node
from kg.pipeline.load import load

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
TEXTS = sorted([*(SHARED / "article").glob("*.txt"), *(SHARED / "sources").glob("*.txt")])
RUN = 5
# Japanese has no spaces: what is a word elsewhere is there about three characters.
RUN_WITHOUT_SPACES = 15
# Names and titles carry over from a source; its sentences do not.
NAMES = (
    "2018-2019 Japan-Russia Inter-Foreign Ministry Consultation Plan",
    "A New Cold War With Russia Forces Japan to Choose Sides",
    "Associate Professor of Political Science",
    "end of World War II",
    "First Deputy Minister of Foreign Affairs of Russia",
    "the government of the United Kingdom",
    "High Representative of the European Union for Foreign Affairs and Security Policy",
    "Japan Bank for International Cooperation",
    "Japan-Russia Inter-Foreign Ministry Consultation Plan",
    "Minister for Economic Cooperation with Russia",
    "the European Union High Representative",
    "Ministry of Foreign Affairs of the Russian Federation",
    "Minister of Public Safety and Emergency Preparedness",
    "Organisation for the Prohibition of Chemical Weapons",
    "permanent mission to the United Nations",
    "Russian consulate general in New York",
    "St. Petersburg International Economic Forum",
    "the Year of Japan-Russia",
    "UN Security Council Resolution 2118",
    "UN Security Council Resolution 2254",
    "Vice-Minister for Foreign Affairs of Japan",
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
    in_words = {tuple(found[at : at + RUN]) for at in range(len(found) - RUN + 1)}
    return in_words | {
        run
        for word in found
        if re.search("[\u3040-\u30ff\u4e00-\u9fff]", word)
        for run in zip(*(word[at:] for at in range(RUN_WITHOUT_SPACES)), strict=False)
    }


def test_no_file_holds_five_words_of_a_source_in_a_row():
    if not TEXTS:
        pytest.skip("the texts of the sources are not beside this checkout")
    prose = set().union(
        *(runs(line) for path in TEXTS for line in path.read_text("utf-8").splitlines())
    )
    titles = [
        str(quad.object.value)
        for quad in load(ROOT).quads
        if quad.predicate == node("dcterms:title")
    ]
    names = set().union(*map(runs, (*NAMES, *titles)))
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
