"""The README names every command, and with the list of the server's, every setting."""

import re
from pathlib import Path

from kg.cli.commands import kg_command
from web import DEFAULTS

ROOT = Path(__file__).resolve().parents[1]
SETTING = re.compile(r"KG_[A-Z_]*[A-Z]")
README = (ROOT / "README.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
# What `make help` lists besides: steps of the others, and what those do who change the project.
UPKEEP = {"help", "build", "assets", "translations", "lock", "clean"}
SERVER = (ROOT / ".deploy" / "aide-memoire.env").read_text(encoding="utf-8")


def test_it_names_every_command():
    for name in kg_command.commands:
        assert f"`kg {name}" in README, f"README.md does not say what kg {name} does"


def test_it_names_every_setting_and_only_those():
    tests = (f"tests/{part}/*.py" for part in ("browser", "clients", "engines", "kg/spark"))
    places = ("kg/**/*.py", "web/**/*.py", *tests)
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
    listed = re.findall(r"^(\w+):.*  ## ", MAKEFILE, re.MULTILINE)
    assert len(listed) > 15
    named = set(re.findall(r"make (\w+)", README))
    assert {target for target in listed if target not in named} == UPKEEP
    assert {word for word in named if f"`make {word}" in README} <= set(listed)


def test_its_paths_exist():
    for path in re.findall(r"`((?:kg|ontology|web|tests)/[\w./-]*)`", README):
        assert (ROOT / path).exists(), f"README.md names {path}, which is not there"


def test_it_is_at_most_a_hundred_lines():
    assert len(README.splitlines()) <= 100
