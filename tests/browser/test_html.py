"""The HTML of every kind of page, read by the checker that the W3C uses (Nu, from npm, in Java)."""

import json
import os
import shutil
import subprocess
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from kg.model.prefixes import ROOT
from tests.browser.pages import PAGES

VNU = ROOT / "web" / "assets" / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"


@pytest.mark.skipif(
    not shutil.which("java") and not os.environ.get("KG_REQUIRE_JAVA"),
    reason="the HTML is not checked: there is no Java on this machine",
)
def test_every_page_is_valid_html(root: str, tmp_path: Path) -> None:
    for number, path in enumerate(PAGES.values()):
        (tmp_path / f"{number}.html").write_bytes(fetched(root + path))
    run = subprocess.run(
        ["java", "-jar", str(VNU), "--format", "json", "--exit-zero-always", str(tmp_path)],  # noqa: S607
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )
    names = list(PAGES)
    wrong = [
        f"{names[int(Path(m['url']).stem)]}, line {m.get('lastLine')}: {m['message']}"
        for m in json.loads(run.stderr)["messages"]
        if m["type"] == "error"
    ]
    assert wrong == []


def fetched(url: str) -> bytes:
    asked = urllib.request.Request(url, headers={"Accept": "text/html"})  # noqa: S310
    try:
        with urllib.request.urlopen(asked, timeout=30) as answer:  # noqa: S310
            body: bytes = answer.read()
    except urllib.error.HTTPError as failure:
        with failure:
            body = failure.read()
    return body
