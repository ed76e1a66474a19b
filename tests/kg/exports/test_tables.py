import csv
import io

import openpyxl
import pytest

from kg.exports.csv_file import write_csv
from kg.exports.table import Table
from kg.exports.xlsx_file import write_xlsx

TABLE = Table(
    "list: a/b",
    ("name", "latitude"),
    (("日本, Japan", 35.5), ('He said "no"', -12), ("two\nlines", None), ("=HYPERLINK(1)", 0)),
)


def read_back(body: bytes) -> list[list[object]]:
    sheet = openpyxl.load_workbook(io.BytesIO(body)).active
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_csv_reads_back_as_it_was_but_for_what_a_spreadsheet_would_run() -> None:
    header, *rows = csv.reader(io.StringIO(write_csv(TABLE).decode(), newline=""))
    assert header == ["name", "latitude"]
    assert rows == [
        ["日本, Japan", "35.5"],
        ['He said "no"', "-12"],
        ["two\nlines", ""],
        ["'=HYPERLINK(1)", "0"],
    ]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_no_text_of_a_csv_begins_as_a_formula_does(start: str) -> None:
    table = Table("t", (f"{start}a",), ((f"{start}1+1",),))
    cells = [cell for row in csv.reader(io.StringIO(write_csv(table).decode())) for cell in row]
    assert all(cell.startswith("'") for cell in cells)


def test_a_workbook_keeps_texts_and_numbers_and_has_no_formula() -> None:
    assert read_back(write_xlsx(TABLE)) == [
        ["name", "latitude"],
        ["日本, Japan", 35.5],
        ['He said "no"', -12],
        ["two\nlines", None],
        ["=HYPERLINK(1)", 0],
    ]
    sheet = openpyxl.load_workbook(io.BytesIO(write_xlsx(TABLE))).active
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}


def test_equal_tables_make_equal_bytes() -> None:
    assert write_xlsx(TABLE) == write_xlsx(TABLE)


def test_a_table_without_rows_has_its_header() -> None:
    empty = Table("empty", ("a", "b"), ())
    assert write_csv(empty) == b"a,b\r\n"
    assert read_back(write_xlsx(empty)) == [["a", "b"]]
