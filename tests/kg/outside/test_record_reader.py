"""Records read in a process of their own: what comes of good ones, and of bad ones."""

import pytest

from kg.outside.aspects import mapping_query
from kg.outside.record_reader import RecordTask, UnreadableRecord, read_record
from tests.kg.outside import strelsau

WIKIDATA = "http://www.wikidata.org/entity/Q901"


def read(
    text: str, syntax: str = "ttl", dataset: str = "wikidata", iri: str = WIKIDATA
) -> set[str]:
    task = RecordTask(syntax, (iri,), mapping_query(dataset))
    triples = read_record(text.encode(), task, 60)
    assert {triple.subject.value for triple in triples if triple.subject} <= {iri}  # type: ignore[union-attr]
    return {
        f"{triple.predicate.value.rpartition('#')[2].rpartition('/')[2]} {triple.object}"
        for triple in triples
    }


def typed(value: str, kind: str) -> str:
    return f'"{value}"^^<http://www.w3.org/2001/XMLSchema#{kind}>'


def point(east: float, north: float, word: str = "POINT") -> str:
    return f'"{word}({east} {north})"^^<http://www.opengis.net/ont/geosparql#wktLiteral>'


def test_a_record_of_wikidata_is_read_in_our_terms() -> None:
    assert read(strelsau.WIKIDATA) == {
        'label "Strelsow"@en',
        'label "シュトレルサウ"@ja',
        'label "Стрелсау"@ru',
        'altLabel "Strelsaw"@en',
        'description "capital of <b>Ruritania</b>"@en',
        'description "столица Руритании"@ru',
        f"asWKT {point(14.49, 49.26, 'Point')}",
        'isoAlpha2 "RU"',
        "image <http://commons.wikimedia.org/wiki/Special:FilePath/Strelsau%20castle.jpg>",
        # Neither what is not of the best rank, nor a century, which no date of XML Schema is.
        f"startDate {typed('1180-05-09', 'date')}",
    }


def test_a_date_is_as_exact_as_wikidata_says() -> None:
    assert f"startDate {typed('1180', 'gYear')}" in read(strelsau.WITHOUT_LABEL)


def test_a_record_that_was_merged_is_read_as_its_successor() -> None:
    assert read(strelsau.MERGED) == {'label "Strelsau"@en'}


def test_a_record_of_dbpedia_is_read() -> None:
    assert read(strelsau.DBPEDIA, "ttl", "dbpedia", "http://dbpedia.org/resource/Strelsau") == {
        'label "Strelsau"@en',
        'description "Strelsau is a city."@en',
        f"asWKT {point(14.5, 49.25)}",
        f"startDate {typed('1180-05-10', 'date')}",
    }


def test_a_record_of_geonames_is_read() -> None:
    assert read(strelsau.GEONAMES, "rdf", "geonames", "https://sws.geonames.org/9000001/") == {
        'label "Strelsau"',
        'altLabel "ストレルサウ"@ja',
        f"asWKT {point(14.5, 49.9)}",
    }


def test_a_record_of_a_library_is_read() -> None:
    iri = "http://id.loc.gov/authorities/names/n90000001"
    assert read(strelsau.LIBRARY, "nt", "lcnaf", iri) == {
        'label "Strelsau, 1180-"',
        'altLabel "Strelsaw"',
    }


def test_the_first_iri_that_a_record_has_is_taken() -> None:
    iris = ("http://www.wikidata.org/entity/Q5", WIKIDATA)
    task = RecordTask("ttl", iris, mapping_query("wikidata"))
    triples = read_record(strelsau.MERGED.encode(), task, 60)
    assert [triple.subject.value for triple in triples] == [WIKIDATA]  # type: ignore[union-attr]


def test_values_are_short_and_few() -> None:
    label = f'<{WIKIDATA}> <http://www.w3.org/2000/01/rdf-schema#label> "{{}}"@en .'
    assert read(label.format("a" * 2_001)) == set()
    assert len(read("\n".join(label.format(n) for n in range(600)))) == 500


ENTITIES = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
START = "<a:a> <a:b> "
BAD = {
    "cut": ("ttl", strelsau.WIKIDATA[:-60], "not valid ttl .line 29"),
    "web page": ("ttl", "<!doctype html><title>Busy</title>", "not valid ttl"),
    "entities": (
        "rdf",
        f'<!DOCTYPE a [<!ENTITY e0 "aaaaaaaaaa">{ENTITIES}]><a>&e9;</a>',
        "takes more than 1,000 MB of memory",
    ),
    "nested": ("ttl", START + "[ <a:b> " * 200_000, "not valid ttl"),
    "nested terms": ("nt", START + f"<<( {START}" * 20_000, "not valid nt"),
    "nested JSON": ("jsonld", '{"a:b":' * 20_000, "not valid jsonld"),
    "bytes": ("nt", "\x00\x01\x02", "not valid nt"),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_record_that_harms_its_reader_does_no_more(kind: str) -> None:
    syntax, text, message = BAD[kind]
    with pytest.raises(UnreadableRecord, match=message):
        assert read(text, syntax) == {"nothing"}


def test_a_reader_that_takes_too_long_is_ended() -> None:
    task = RecordTask("ttl", (WIKIDATA,), mapping_query("wikidata"))
    with pytest.raises(UnreadableRecord, match=r"takes more than 0\.01 s"):
        read_record(strelsau.WIKIDATA.encode(), task, 0.01)
