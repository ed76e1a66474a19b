"""Rows of tables as triples: what each property of the metadata does."""

from pathlib import Path
from typing import Any

import pytest

from tests.kg.tables.reading import BASE, column, read_table

ROW = {"aboutUrl": "urn:{_row}"}
XSD = "http://www.w3.org/2001/XMLSchema#"


def test_a_cell_is_a_triple_and_an_empty_one_none(tmp_path: Path) -> None:
    columns = (column("a"), column("b", propertyUrl="urn:q"))
    assert read_table(tmp_path, "a,b\n1,2\n3,\n", *columns, schema=ROW) == [
        '<urn:1> <urn:p> "1"',
        '<urn:1> <urn:q> "2"',
        '<urn:2> <urn:p> "3"',
    ]


def test_without_templates_rows_are_blank_nodes_and_properties_of_the_table(tmp_path: Path) -> None:
    plain = [{"titles": "a"}, {"titles": "two words"}]
    first, second = read_table(tmp_path, "a,two words\n1,2\n", *plain)
    assert first.startswith("_:")
    assert first.partition(" ")[2] == f'<{BASE}#a> "1"'
    assert second == f'{first.partition(" ")[0]} <{BASE}#two%20words> "2"'


@pytest.mark.parametrize(
    ("base", "expected"),
    [
        ({"url": "http://example.net/d/t.csv"}, "http://example.net/d/t.csv#a"),
        (
            {"@context": ["http://www.w3.org/ns/csvw", {"@base": "http://example.net/"}]},
            "http://example.net/t.csv#a",
        ),
    ],
)
def test_the_metadata_may_name_the_table(
    tmp_path: Path, base: dict[str, Any], expected: str
) -> None:
    (triple,) = read_table(tmp_path, "a\n1\n", {"titles": "a"}, **base)
    assert f"<{expected}>" in triple


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("id:{a}", "https://w3id.org/aide-memoire/id/Q17"),
        ("wd:{a}", "http://www.wikidata.org/entity/Q17"),
        ("foaf:{a}", "http://xmlns.com/foaf/0.1/Q17"),
        ("http://example.org/{a}/{_row}", "http://example.org/Q17/1"),
        ("#{_name}", f"{BASE}#a"),
        ("urn:{_sourceRow}:{_column}", "urn:2:1"),
        ("urn:x?{b}", "urn:x?%E6%97%A5%20%2F"),
        ("urn:x/{+b}", "urn:x/%E6%97%A5%20/"),
    ],
)
def test_templates_make_iris(tmp_path: Path, template: str, expected: str) -> None:
    cells = column("a", valueUrl=template), column("b", suppressOutput=True)
    assert read_table(tmp_path, "a,b\nQ17,日 /\n", *cells, schema=ROW) == [
        f"<urn:1> <urn:p> <{expected}>"
    ]


def test_templates_take_the_value_not_the_notation(tmp_path: Path) -> None:
    day = column("day", datatype={"base": "date", "format": "dd/MM/yyyy"}, valueUrl="urn:{day}")
    assert read_table(tmp_path, "day\n03/04/2018\n", day, schema=ROW) == [
        "<urn:1> <urn:p> <urn:2018-04-03>"
    ]


def test_columns_that_the_file_lacks_may_be_virtual(tmp_path: Path) -> None:
    kind = {"virtual": True, "propertyUrl": "rdf:type", "valueUrl": "dip:State"}
    linked = {"virtual": True, "propertyUrl": "owl:sameAs", "valueUrl": "wd:{qid}"}
    hidden = column("qid", suppressOutput=True)
    triples = read_table(tmp_path, "qid\nQ17\nx\n", hidden, kind, linked, schema=ROW, null="x")
    assert [t.rpartition("> <")[2] for t in triples] == [
        "https://w3id.org/aide-memoire/ontology#State>",
        "http://www.wikidata.org/entity/Q17>",
        "https://w3id.org/aide-memoire/ontology#State>",
    ]


def test_lists_of_values(tmp_path: Path) -> None:
    body = "a\nJP;;GB\n"
    assert read_table(tmp_path, body, column("a", separator=";"), schema=ROW) == [
        '<urn:1> <urn:p> "JP"',
        '<urn:1> <urn:p> "GB"',
    ]
    each = column("a", separator=";", valueUrl="urn:{a}")
    assert read_table(tmp_path, body, each, schema=ROW)[1] == "<urn:1> <urn:p> <urn:GB>"
    ordered = read_table(tmp_path, body, column("a", separator=";", ordered=True), schema=ROW)
    assert len(ordered) == 5
    assert ordered[-1].endswith("#nil>")


@pytest.mark.parametrize(
    ("datatype", "text", "expected"),
    [
        ({"base": "date", "format": "d.M.yyyy"}, "1.12.2018", f'"2018-12-01"^^<{XSD}date>'),
        ({"base": "date", "format": "M/d/yyyy"}, "1/12/2018", f'"2018-01-12"^^<{XSD}date>'),
        ("date", "2018-04-03+09:00", f'"2018-04-03+09:00"^^<{XSD}date>'),
        (
            {"base": "dateTime", "format": "dd.MM.yyyy HH:mm"},
            "03.04.2018 10:30",
            f'"2018-04-03T10:30:00"^^<{XSD}dateTime>',
        ),
        ("dateTime", "2018-04-03T10:00:00.250Z", f'"2018-04-03T10:00:00.25Z"^^<{XSD}dateTime>'),
        ({"base": "time", "format": "HH:mm"}, "10:30", f'"10:30:00"^^<{XSD}time>'),
        ("gYearMonth", "2018-04", f'"2018-04"^^<{XSD}gYearMonth>'),
        ("integer", " 012 ", f'"12"^^<{XSD}integer>'),
        (
            {"base": "decimal", "format": {"groupChar": ".", "decimalChar": ","}},
            "1.234,50",
            f'"1234.5"^^<{XSD}decimal>',
        ),
        (
            {"base": "number", "format": {"groupChar": " ", "decimalChar": ","}},
            "1 234,5",
            f'"1234.5"^^<{XSD}double>',
        ),
        ({"base": "decimal", "format": "#0.0%"}, "12.5%", f'"0.125"^^<{XSD}decimal>'),
        ("double", "-INF", f'"-INF"^^<{XSD}double>'),
        ({"base": "boolean", "format": "yes|no"}, "no", f'"false"^^<{XSD}boolean>'),
        ("anyURI", "http://x/", f'"http://x/"^^<{XSD}anyURI>'),
        (
            {"base": "string", "@id": "http://example.org/iso"},
            "JP",
            '"JP"^^<http://example.org/iso>',
        ),
        ("string", " two  words ", '" two  words "'),
        ("normalizedString", " two  words ", f'"two words"^^<{XSD}normalizedString>'),
    ],
)
def test_datatypes(tmp_path: Path, datatype: Any, text: str, expected: str) -> None:
    (triple,) = read_table(tmp_path, f'a\n"{text}"\n', column("a", datatype=datatype), schema=ROW)
    assert triple == f"<urn:1> <urn:p> {expected}"


def test_properties_are_inherited_from_schema_and_table(tmp_path: Path) -> None:
    inherited = {"lang": "ja", "null": ["-", ""]}
    triples = read_table(tmp_path, "a\n日本\n-\n", column("a"), schema=ROW, **inherited)
    assert triples == ['<urn:1> <urn:p> "日本"@ja']


def test_an_empty_cell_may_have_a_default(tmp_path: Path) -> None:
    cell = column("a", default="none")
    assert read_table(tmp_path, 'a,b\n"",1\n', cell, schema=ROW) == ['<urn:1> <urn:p> "none"']


def test_columns_are_matched_by_title_in_any_order(tmp_path: Path) -> None:
    named = {"name": "code", "titles": {"en": ["ISO code", "Code"]}, "propertyUrl": "urn:p"}
    body = "other,Code\nx,JP\n"
    assert read_table(tmp_path, body, named, schema=ROW) == ['<urn:1> <urn:p> "JP"']


@pytest.mark.parametrize(
    ("body", "dialect"),
    [
        ("a;b\r\n1;2\r\n", {"delimiter": ";"}),
        ("\ufeffa,b\n1,2\n\n", {}),
        ("a,b\r1,2\r", {}),
        ("# note\na,b\n1,2\n", {"commentPrefix": "#"}),
        ("note\nline\na,b\n1,2\n", {"skipRows": 2}),
        ("x,a,b\nx,1,2\n", {"skipColumns": 1}),
        ("'a','b'\n'1','2'\n", {"quoteChar": "'"}),
        ("A,B\na,b\n1,2\n", {"headerRowCount": 2}),
        ("1,2\n", {"header": False}),
        ("a, b\n1, 2\n", {"skipInitialSpace": True}),
        ("a , b\n1 , 2\n", {"trim": True}),
        ("a,b\n1,2\n,\n", {"skipBlankRows": True}),
        ("a,b\n1,2\n".encode("utf-16"), {"encoding": "utf-16"}),
    ],
)
def test_dialects(tmp_path: Path, body: str | bytes, dialect: dict[str, Any]) -> None:
    columns = column("a"), column("b", propertyUrl="urn:q")
    triples = read_table(tmp_path, body, *columns, schema=ROW, dialect=dialect)
    assert triples == ['<urn:1> <urn:p> "1"', '<urn:1> <urn:q> "2"']


def test_a_tsv_is_known_by_its_name(tmp_path: Path) -> None:
    columns = column("a"), column("b")
    triples = read_table(tmp_path, "a\tb\n1\t2,3\n", *columns, name="t.tsv.gz", schema=ROW)
    assert triples[1] == '<urn:1> <urn:p> "2,3"'


def test_quoted_cells_hold_lines_and_quotes(tmp_path: Path) -> None:
    (triple,) = read_table(tmp_path, 'a\n"one\r\ntwo ""2"""\n', column("a"), schema=ROW)
    assert triple == r'<urn:1> <urn:p> "one\r\ntwo \"2\""'


def test_one_of_several_tables_is_chosen_by_its_file_name(tmp_path: Path) -> None:
    schema = {"columns": [column("a")], **ROW}
    tables = [{"url": "x.csv", "tableSchema": {}}, {"url": "t.csv", "tableSchema": schema}]
    assert len(read_table(tmp_path, "a\n1\n", tables=tables)) == 1
