"""The prefix map, both ways."""

from pathlib import Path

import pytest

from kg.model.errors import NotFound, SourceError
from kg.model.prefixes import (
    BASE,
    NAMESPACES,
    PREFIXES,
    SOURCE,
    SOURCES,
    expand,
    prefixes,
    read_prefixes,
    shorten,
    with_sources,
)


@pytest.mark.parametrize("name", sorted(prefixes()))
def test_every_prefix_goes_there_and_back(name: str) -> None:
    assert shorten(expand(f"{name}:thing")) == f"{name}:thing"


@pytest.mark.parametrize(
    "iri", [BASE + "id/a/b", BASE + "id/japan#point", BASE + "id/", "https://example.org/"]
)
def test_iri_that_fits_no_prefix_is_written_in_full(iri: str) -> None:
    assert shorten(iri) == f"<{iri}>"
    assert expand(f"<{iri}>") == expand(iri) == iri


def test_unknown_prefix_is_said() -> None:
    with pytest.raises(NotFound, match="there is no prefix “no:”"):
        expand("no:thing")


def test_broken_map_is_said(tmp_path: Path) -> None:
    (tmp_path / "prefixes.ttl").write_text("@prefix", encoding="utf-8")
    with pytest.raises(SourceError, match=r"prefixes\.ttl:1:1"):
        read_prefixes(tmp_path / "prefixes.ttl")


def test_the_namespaces_that_the_code_names_are_those_of_the_map() -> None:
    declared = read_prefixes(PREFIXES)
    assert {name: declared.get(name) for name in NAMESPACES} == NAMESPACES


def test_each_source_has_its_folder_for_a_prefix() -> None:
    names = with_sources(read_prefixes(PREFIXES), ["harbour-2020", "id"])
    assert names["harbour-2020"] == f"{SOURCE}harbour-2020/"
    # What is declared goes before the name of a folder.
    assert names["id"] == f"{BASE}id/"
    folders = {path.parent.name for path in SOURCES.glob("*/source.ttl")}
    assert folders <= prefixes().keys()
