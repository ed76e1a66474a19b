"""What runs the server for others: the unit, the image's recipe, the wheel that both install."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kg.model.prefixes import ROOT
from tests.deploy.proxies import DEPLOY
from tests.serving import free_port
from web import DEFAULTS

# Of systemd-analyze security: 10 is exposed to all, below 2 it calls a service OK.
EXPOSURE = 20
_STEP = re.compile(r"^([A-Z]+) ((?:.*\\\n)*.*)$", re.MULTILINE)


def steps(name: str) -> list[str]:
    """Return what follows each instruction of a name in the recipe of the image."""
    recipe = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    return [text.replace("\\\n", "") for step, text in _STEP.findall(recipe) if step == name]


def test_the_unit_is_one_that_systemd_takes_and_confines(tmp_path: Path) -> None:
    analyze = shutil.which("systemd-analyze")
    if not analyze:
        pytest.skip("the unit is not checked: systemd-analyze is not on this machine")
    text = (DEPLOY / "aide-memoire.service").read_text(encoding="utf-8")
    kg = str(Path(sys.executable).with_name("kg"))
    assert text.count("/opt/aide-memoire/bin/kg ") == 2
    unit = tmp_path / "aide-memoire.service"
    unit.write_text(text.replace("/opt/aide-memoire/bin/kg", kg), encoding="utf-8")
    verified = subprocess.run(
        [analyze, "verify", unit], capture_output=True, text=True, check=False
    )
    assert (verified.returncode, verified.stderr) == (0, "")
    confined = [analyze, "security", "--offline=true", f"--threshold={EXPOSURE}", str(unit)]
    exposed = subprocess.run(confined, capture_output=True, text=True, check=False)
    assert exposed.returncode == 0, exposed.stdout


def test_the_settings_are_settings() -> None:
    lines = (DEPLOY / "aide-memoire.env").read_text(encoding="utf-8").splitlines()
    named = {line.partition("=")[0] for line in lines if line and not line.startswith("#")}
    assert named == {"KG_PUBLIC_URL", "KG_HOSTS", "KG_PROXIES"}
    assert named <= {f"KG_{name}" for name in DEFAULTS}


def test_the_image_copies_what_is_here_and_runs_without_rights() -> None:
    copied = [text.split()[:-1] for text in steps("COPY") if "--from" not in text]
    names = [name for each in copied for name in each]
    assert "pyproject.toml" in names
    assert [name for name in names if not (ROOT / name).exists()] == []
    assert steps("USER") == ["10001"]
    assert all("--require-hashes" in run for run in steps("RUN") if "--requirement" in run)


def test_the_image_makes_a_wheel_with_all_that_is_served(tmp_path: Path) -> None:
    (step,) = [text for text in steps("RUN") if "pip wheel" in text]
    if not (ROOT / "web" / "static").is_dir():
        pytest.skip("no wheel is made: `make assets` builds what browsers load")
    command = shlex.split(step.replace("/dist", str(tmp_path)))
    run = [sys.executable, "-m", *command]
    subprocess.run(run, cwd=ROOT, capture_output=True, check=True)
    (wheel,) = tmp_path.glob("*.whl")
    installed = tmp_path / "site"
    shutil.unpack_archive(wheel, installed, "zip")
    for part in ("web/static/style.css", "kg/queries", "ontology/rules", "kg/translations/ja.po"):
        assert (installed / part).exists(), part
    assert not (installed / "web" / "assets").exists()
    # What is installed builds its graph, outside this checkout.
    environment = os.environ | {"PYTHONPATH": str(installed), "KG_BUILDS": str(tmp_path / "builds")}
    python = [sys.executable, "-P"]
    where = [*python, "-c", "import kg; print(kg.__file__)"]
    for command in (where, [*python, "-m", "kg.cli", "build"]):
        ran = subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
        )
        assert command != where or ran.stdout.startswith(str(installed))
    assert (tmp_path / "builds" / "current").is_symlink()


def test_the_health_check_of_the_image_tells_whether_it_serves(port: int) -> None:
    (check,) = steps("HEALTHCHECK")
    command = json.loads(check.partition("CMD ")[2])
    assert command[:2] == ["python3", "-c"]
    for number, healthy in ((port, True), (free_port(), False)):
        code = command[2].replace("127.0.0.1:8000", f"127.0.0.1:{number}")
        ran = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
        assert (ran.returncode == 0) == healthy


def test_the_image_and_the_unit_keep_builds_where_they_may_write() -> None:
    environment = " ".join(steps("ENV"))
    assert "KG_BUILDS=/data/" in environment
    assert steps("VOLUME") == ["/data"]
    unit = (DEPLOY / "aide-memoire.service").read_text(encoding="utf-8")
    assert "KG_BUILDS=%S/aide-memoire" in unit
    assert "StateDirectory=aide-memoire\n" in unit
