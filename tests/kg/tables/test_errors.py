"""Bad tables and bad metadata: one line each, with the file, the line, and what to do."""

from pathlib import Path
from typing import Any

import pytest

from kg.model.errors import CheckFailed, KGError, SourceError
from kg.tables.statements import MOST_FINDINGS
from tests.kg.tables.reading import column, read_table, read_with

A = column("a")
DAY = {"datatype": {"base": "date", "format": "d.M.yyyy"}}
GOOD = '{"url": "t.csv", "tableSchema": {"columns": [%s]}}'


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("", "t.csv: it is empty"),
        (b"a\ncaf\xe9\n", 't.csv:2: the byte E9 is not text in UTF-8; .*"encoding": "windows'),
        ("a\nx\n".encode("utf-16"), 't.csv:1: a NUL .* or UTF-16; name .*: "utf-16'),
        (b"a\n1\x00\n", "t.csv:2: a NUL character"),
        (b"PK\x03\x04\x14", "t.csv: it is a file of a spreadsheet program; save it as CSV"),
        ("a\n1\n2,3\n", "t.csv:3: row 2, 2 cells, not 1; is a quote or a comma missing"),
        ('a,b\n1,2\n"3,4\n5,6\n', "t.csv:3: a quote that opens here is never closed"),
        ('a\n"1"2\n', "t.csv:2: text after a closing quote"),
        (f'a\n"{"x" * 140_000}"\n', "t.csv:2: a cell of more than 131,072 characters"),
        (f"a\n{'x,' * 2_100_000}\n", "t.csv:2: a line of more than 4,000,000 characters"),
        ("a,A,a\n1,2,3\n", "t.csv:1: columns 1 and 3 are both called a; rename one"),
        ("b;c\n1;2\n", 'json:6:15: no column of t.csv is called a; name the delimiter: .*";"'),
        ("aa,c\n1,2\n", "no column of t.csv is called a; did you mean aa"),
        ("x,y\n1,2\n", "no column of t.csv is called a; its columns are x, y"),
        ('"a\nb",a\n1,2\n3\n', "t.csv:4: row 2, 1 cells, not 2"),
    ],
    ids=range(15),
)
def test_a_bad_table(tmp_path: Path, body: str | bytes, expected: str) -> None:
    with pytest.raises(KGError, match=expected) as caught:
        read_table(tmp_path, body, A)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("properties", "cell", "expected"),
    [
        (DAY, "31.2.2018", "t.csv:2: row 1, column a: “31.2.2018” is not a date as d.M.yyyy"),
        (DAY, "1.2.2018 or later", "is not a date"),
        ({"datatype": "date"}, "2018-04-03T10:00", "is not a date"),
        ({"datatype": "dateTime"}, "2018-04-03", "is not a dateTime"),
        ({"datatype": "integer"}, "1.5", "is not an integer"),
        ({"datatype": "decimal"}, "NaN", "is not a decimal"),
        ({"datatype": "double"}, "1_000", "is not a double"),
        ({"datatype": "gYear"}, "18", "is not a gYear"),
        ({"datatype": "unsignedByte"}, "256", "is not an unsignedByte"),
        ({"datatype": {"base": "integer", "maximum": "10"}}, "11", r"\(value must be <= 10\)"),
        ({"datatype": {"base": "string", "format": "[A-Z]{2}"}}, "jp", "is not a string as"),
        ({"required": True, "null": "-"}, "-", "column a: it is empty, and the metadata requires"),
        ({"aboutUrl": "urn:{b}"}, "1", r"column a: “urn:{b}” needs b, which is empty"),
        ({"valueUrl": "{+a}"}, "http://[", "column a: “http://.*” is not an absolute IRI"),
        ({"valueUrl": "{+a}"}, "nope:x", "the prefix “nope:” is not in ontology/prefixes"),
    ],
)
def test_a_bad_cell(tmp_path: Path, properties: dict[str, Any], cell: str, expected: str) -> None:
    with pytest.raises(CheckFailed, match=expected) as caught:
        read_table(tmp_path, f"a,b\n{cell},\n", {**A, **properties}, column("b"))
    assert [one.line for one in caught.value.findings] == [2]


def test_all_mistakes_are_listed_up_to_a_bound(tmp_path: Path) -> None:
    number = column("a", datatype="integer")
    for rows, listed in ((5, 5), (500, MOST_FINDINGS)):
        with pytest.raises(CheckFailed) as caught:
            read_table(tmp_path, "a\n" + "x\n1\n" * rows, number)
        lines = [one.line for one in caught.value.findings]
        assert lines == list(range(2, 2 + 2 * listed, 2))
        assert caught.value.complete == (rows == listed)


@pytest.mark.parametrize(
    ("metadata", "expected"),
    [
        ('{\n "url": }', r"metadata.json:2:9: this is not JSON: expecting value"),
        ("[]", "metadata.json:1:1: it describes no table"),
        ('{"tables": []}', "it describes no table"),
        ("[" * 100_000, "it nests too deeply"),
        ('{"url": "t.csv"}', 'it describes no column; "tableSchema"'),
        ('{"url": "t.csv", "tableSchema": "http://x/y.json"}', ":1:18: tableSchema is a reference"),
        (
            GOOD % '{"titles": "a", "datatyp": "date"}',
            "“datatyp” is no property of a column; .*type",
        ),
        (
            GOOD % '{"titles": "a", "datatype": "dat"}',
            ":1:62: datatype of column a: invalid value for property: dat",
        ),
        (
            GOOD % '{"titles": "a", "datatype": {"base": "date", "format": "d. MMM"}}',
            "column a: invalid date format",
        ),
        (GOOD % '{"titles": "a", "datatype": {"base": "json", "format": "{}"}}', "not supported"),
        (GOOD % '{"titles": "a", "valueUrl": "urn:{b}"}', "names {b}, which is no column"),
        (GOOD % '{"titles": "a", "propertyUrl": "nope:p"}', "propertyUrl of a: the prefix “nope:”"),
        (GOOD % '{"titles": "a", "propertyUrl": "http://a b/"}', "is not an absolute IRI"),
        (GOOD % '{"titles": "a", "lang": "not a language"}', "invalid language tag"),
        (GOOD % '{"name": "a"}, {"name": "a"}', "Duplicate column name a"),
        (GOOD % '"a"', "a column is not an object"),
        ('{"@context": "http://x", "url": "t.csv", "tableSchema": {"columns": [{}]}}', "CSVW"),
        ('{"tables": [{"url": "x.csv"}, {"url": "y.csv"}]}', "describes x.csv, y.csv, not t.csv"),
    ],
    ids=range(18),
)
def test_bad_metadata(tmp_path: Path, metadata: str, expected: str) -> None:
    with pytest.raises(SourceError, match=expected) as caught:
        read_with(tmp_path, "a\n1\n", metadata)
    assert "\n" not in str(caught.value)
    assert caught.value.finding.file == str(tmp_path / "metadata.json")
