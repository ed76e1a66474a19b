"""Dumps as they are downloaded: packed, in part, checked."""

import gzip
import hashlib
import shutil
import subprocess
from pathlib import Path

import pytest
from backports import zstd
from flask.testing import FlaskClient

from kg.releases.history import releases
from kg.store.dump import DUMPS
from kg.store.store import Store

PLAIN = "/dump/aide-memoire.nq"


def test_checksums_are_those_of_the_files(site: FlaskClient, tmp_path: Path) -> None:
    sums = site.get("/dump/SHA256SUMS")
    assert sums.mimetype == "text/plain"
    (tmp_path / "SHA256SUMS").write_bytes(sums.data)
    names = [line.partition("  ")[2] for line in sums.text.splitlines()]
    assert len(names) == 3 * len(DUMPS)
    for name in names:
        (tmp_path / name).write_bytes(site.get(f"/dump/{name}").data)
    program = shutil.which("sha256sum") or "sha256sum"
    check = subprocess.run([program, "-c", "--strict", "SHA256SUMS"], cwd=tmp_path, check=False)
    assert check.returncode == 0


@pytest.mark.parametrize("name", DUMPS)
def test_packed_dumps_hold_the_plain_one(site: FlaskClient, name: str) -> None:
    plain = site.get(f"/dump/aide-memoire.{name}")
    packed = site.get(f"/dump/aide-memoire.{name}.gz")
    small = site.get(f"/dump/aide-memoire.{name}.zst")
    assert (packed.mimetype, small.mimetype) == ("application/gzip", "application/zstd")
    assert gzip.decompress(packed.data) == zstd.decompress(small.data) == plain.data != b""
    assert packed.data[4:8] == bytes(4), "gzip records no time"


def test_a_packed_dump_is_not_packed_again(site: FlaskClient) -> None:
    answer = site.get(f"{PLAIN}.gz", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in answer.headers
    assert answer.data == site.get(f"{PLAIN}.gz").data


def test_a_release_has_the_hash_of_its_quads(site: FlaskClient, published: Store) -> None:
    body = site.get(PLAIN).data
    newest = releases(published)[0]
    assert (newest.sha256, newest.size) == (hashlib.sha256(body).hexdigest(), len(body))


@pytest.mark.parametrize("encoding", ["identity", "gzip"])
@pytest.mark.parametrize("path", [PLAIN, f"{PLAIN}.gz", "/dump/SHA256SUMS"])
def test_a_part_of_a_dump(site: FlaskClient, path: str, encoding: str) -> None:
    headers = {"Accept-Encoding": encoding}
    whole = site.get(path, headers=headers)
    assert whole.headers["Accept-Ranges"] == "bytes"
    tag = whole.headers["ETag"]
    assert not tag.startswith("W/")
    assert whole.headers.getlist("ETag") == [tag]
    part = site.get(path, headers={**headers, "Range": "bytes=10-19", "If-Range": tag})
    assert (part.status_code, part.data) == (206, whole.data[10:20])
    assert part.headers["Content-Range"] == f"bytes 10-19/{len(whole.data)}"
    other = site.get(path, headers={**headers, "Range": "bytes=10-19", "If-Range": '"other"'})
    assert (other.status_code, other.data) == (200, whole.data)
    beyond = site.get(path, headers={**headers, "Range": f"bytes={len(whole.data)}-"})
    assert beyond.status_code == 416


def test_an_unchanged_dump_is_not_sent_again(site: FlaskClient) -> None:
    whole = site.get(PLAIN)
    again = site.get(PLAIN, headers={"If-None-Match": whole.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert site.get(f"{PLAIN}.gz").headers["ETag"] != whole.headers["ETag"]


def test_the_head_of_a_dump_has_its_length(site: FlaskClient) -> None:
    head, whole = site.head(PLAIN), site.get(PLAIN)
    assert (head.status_code, head.data) == (200, b"")
    for name in ("Content-Length", "ETag", "Content-Type", "Vary"):
        assert head.headers[name] == whole.headers[name]
    assert head.content_length == len(whole.data)


def test_the_folder_of_dumps_leads_to_the_data_page(site: FlaskClient) -> None:
    answer = site.get("/dump/")
    assert (answer.status_code, answer.location) == (303, "/data")


def test_formats_are_named_where_there_is_no_dump(site: FlaskClient) -> None:
    answer = site.get("/dump/aide-memoire.zip", headers={"Accept": "application/json"})
    assert answer.status_code == 404
    assert "nq, trig" in answer.get_json()["detail"]
