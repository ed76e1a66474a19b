"""The README names every command, and with the list of the server's, every setting."""

import re
from pathlib import Path

from kg.cli.commands import kg_command
from web import DEFAULTS

ROOT = Path(__file__).resolve().parents[1]
SETTING = re.compile(r"KG_[A-Z_]*[A-Z]")
README = (ROOT / "README.md").read_text(encoding="utf-8")
SERVER = (ROOT / ".deploy" / "aide-memoire.env").read_text(encoding="utf-8")


def test_it_names_every_command():
    for name in kg_command.commands:
        assert f"`kg {name}" in README, f"README.md does not say what kg {name} does"


def test_it_names_every_setting_and_only_those():
    places = (
        "kg/**/*.py",
        "web/**/*.py",
        "tests/browser/*.py",
        "tests/clients/*.py",
        "tests/engines/*.py",
    )
    code = [path for place in places for path in ROOT.glob(place)]
    read = {name for path in code for name in SETTING.findall(path.read_text("utf-8"))}
    settings = read | {f"KG_{name}" for name in DEFAULTS}
    assert set(SETTING.findall(README + SERVER)) == settings


def test_the_servers_settings_are_listed_with_what_they_are_unless_set():
    listed = dict(re.findall(r"^#?KG_([A-Z_]+)=(.*)$", SERVER, re.MULTILINE))
    assert listed.keys() >= DEFAULTS.keys()
    unset = dict(re.findall(r"^#KG_([A-Z_]+)=(.+)$", SERVER, re.MULTILINE))
    for name in unset.keys() & DEFAULTS.keys() - {"BUILDS"}:
        assert float(unset[name]) == float(DEFAULTS[name]), name


def test_it_names_every_target_of_make_that_people_type():
    assert "make serve" in README
    assert "make test" in README


def test_its_paths_exist():
    for path in re.findall(r"`((?:kg|ontology|web|tests)/[\w./-]*)`", README):
        assert (ROOT / path).exists(), f"README.md names {path}, which is not there"


def test_it_is_at_most_a_hundred_lines():
    assert len(README.splitlines()) <= 100
