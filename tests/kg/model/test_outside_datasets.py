"""The table of outside datasets: what it holds, and what a wrong one is told."""

import pytest

from kg.model.errors import SourceError
from kg.model.outside_datasets import dataset_of, outside_datasets, parse_datasets
from kg.model.prefixes import prefixes

FULL = """[here]
name = "Here"
homepage = "https://here.example/"
space = "https://here.example/id/"
page = "https://here.example/{id}"
licence = ""
spellings = ['(\\d+)']
"""
# Of the shape that each dataset gives to its identifiers; numbers elsewhere.
IDENTIFIERS = {
    "wikidata": "Q17",
    "dbpedia": "Shinzō_Abe,_(a)",
    "lcnaf": "n79023147",
    "gnd": "4022153-2",
    "opensanctions": "NK-29BZxRx8dX",
    "iso3166": "JPN",
    "m49": "392",
    "opensanctions-countries": "jp",
}


@pytest.mark.parametrize("dataset", outside_datasets().values(), ids=lambda each: each.id)
def test_an_identifier_is_read_back_from_its_iri_and_page(dataset) -> None:
    identifier = IDENTIFIERS.get(dataset.id, "1861060")
    iri = dataset.iri(identifier)
    assert dataset_of(iri) is dataset
    assert dataset.identifier(iri) == identifier
    assert dataset.read_identifier(iri) == identifier
    assert iri in dataset.records(iri)
    assert dataset.page_address(identifier).startswith(("https://", "http://"))


def test_iri_spaces_with_a_prefix_are_those_of_the_prefix_map() -> None:
    spaces = {"wikidata": "wd", "dbpedia": "dbr", "geonames": "gn"}
    for name, prefix in spaces.items():
        assert outside_datasets()[name].space == prefixes()[prefix]


@pytest.mark.parametrize(
    ("dataset", "written", "identifier"),
    [
        ("viaf", "127756949", "127756949"),
        ("viaf", "https://viaf.org/viaf/127756949/#Country", "127756949"),
        ("viaf", "https://viaf.org/en/viaf/127756949", "127756949"),
        ("lcnaf", "n79023147", "n79023147"),
        ("lcnaf", "https://id.loc.gov/authorities/names/n79023147.html", "n79023147"),
        ("lcnaf", "https://lccn.loc.gov/n79023147", "n79023147"),
        ("gnd", "https://d-nb.info/gnd/4022153-2", "4022153-2"),
        ("dbpedia", "https://dbpedia.org/page/Washington,_D.C.", "Washington,_D.C."),
        ("dbpedia", "dbr:<x>", "%3Cx%3E"),
        ("wikidata", "Special:EntityData/Q17", ""),
        ("wikidata", "Q17 and more", ""),
    ],
)
def test_what_people_write_is_read(dataset: str, written: str, identifier: str) -> None:
    assert outside_datasets()[dataset].read_identifier(written) == identifier


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('name = "Here"\n', "", r"a.toml:1:1: \[here\] name: this is missing"),
        ('name = "Here"', "name = 1", r"a.toml:2:1: \[here\] name: this is no text"),
        ('licence = ""', 'rate = ""', r"a.toml:6:1: \[here\] rate: there is no such key"),
        ("['(\\d+)']", "['\\d+']", r"a.toml:7:1: \[here\] spellings: .* must have one group"),
        ("['(\\d+)']", "['(']", r"a.toml:7:1: \[here\] spellings: “\(” is no expression"),
        ("['(\\d+)']", "'(a)'", r"a.toml:7:1: \[here\] spellings: this is no list of texts"),
        ('licence = ""', "licence = ''\ninterval = -1", r":7:1: \[here\] interval: this is no num"),
        ('licence = ""', "licence = ''\nletters = 'big'", r":7:1: \[here\] letters: “big” is no "),
        (
            'licence = ""',
            "licence = 'https://a.example/'",
            r":6:1: \[here\] licence: .* no SPDX id",
        ),
        ("[here]", "[here", r"a.toml:1:6: Expected ']'"),
    ],
)
def test_a_wrong_table_is_said_with_its_place(old: str, new: str, message: str) -> None:
    assert parse_datasets(FULL, "a.toml")["here"].name == "Here"
    with pytest.raises(SourceError, match=message):
        parse_datasets(FULL.replace(old, new), "a.toml")
