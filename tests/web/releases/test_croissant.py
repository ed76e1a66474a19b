"""The Croissant and the citation file, read by the programs that are made for them."""

import re
from pathlib import Path

import mlcroissant
import pytest
import yaml
from flask.testing import FlaskClient

from kg.store.store import Store
from web.exports.listing_table import COLUMNS

ORCID_OR_NAME = {"name", "family-names"}


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
def test_the_reference_library_accepts_it(site: FlaskClient, tmp_path: Path) -> None:
    answer = site.get("/data/croissant.json")
    assert answer.mimetype == "application/ld+json"
    path = tmp_path / "croissant.json"
    path.write_bytes(answer.data)
    dataset = mlcroissant.Dataset(path)
    assert list(dataset.metadata.ctx.issues.errors) == []
    assert list(dataset.metadata.ctx.issues.warnings) == []
    assert {one.id for one in dataset.metadata.record_sets} >= {"State"}


def test_columns_are_those_of_the_tables(site: FlaskClient) -> None:
    record = site.get("/data/croissant.json").get_json()
    tables = {one["@id"]: one for one in record["distribution"]}
    for records in record["recordSet"]:
        table = tables[f"{records['@id']}.csv"]
        body = site.get(table["contentUrl"].removeprefix("http://localhost")).text
        header = body.removeprefix("\ufeff").splitlines()[0].split(",")
        assert header == [one["source"]["extract"]["column"] for one in records["field"]]
        assert header == list(COLUMNS)


def test_dumps_are_there_with_their_hash(site: FlaskClient) -> None:
    record = site.get("/data/croissant.json").get_json()
    sums = site.get("/dump/SHA256SUMS").text
    dumps = [one for one in record["distribution"] if "sha256" in one]
    assert len(dumps) == 6
    for one in dumps:
        assert f"{one['sha256']}  {one['name']}\n" in sums


def test_the_citation_file_has_what_the_format_demands(site: FlaskClient, published: Store) -> None:
    answer = site.get("/CITATION.cff")
    fields = yaml.safe_load(answer.text)
    # https://github.com/citation-file-format/citation-file-format/blob/1.2.0/schema.json
    assert fields["cff-version"] == "1.2.0"
    assert fields["message"]
    assert fields["title"]
    assert all(ORCID_OR_NAME & author.keys() for author in fields["authors"])
    assert fields["type"] == "dataset"
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", str(fields["date-released"]))
    assert fields["license"] == "CC-BY-4.0"
    assert fields["version"] == published.number
    assert all(set(one) == {"type", "value"} for one in fields["identifiers"])
