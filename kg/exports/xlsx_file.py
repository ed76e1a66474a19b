"""Tables as workbooks of one sheet (Office Open XML, ECMA-376)."""

from __future__ import annotations

import datetime as dt
import io
import re

from xlsxwriter import Workbook

from kg.exports.table import Table

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

# The times in a workbook would make equal tables differ.
_CREATED = dt.datetime(1980, 1, 1, tzinfo=dt.UTC)
# Texts stay texts: a cell never becomes a formula or a link by what it begins with.
_TEXTS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
# What the name of a sheet may not hold, nor be longer than.
_NOT_IN_NAMES, _LONGEST_NAME = re.compile(r"[\[\]:*?/\\']"), 31
_WIDEST = 60  # characters of a column


def write_xlsx(table: Table) -> bytes:
    """Write a table with a header that stays in view; columns are as wide as their texts."""
    file = io.BytesIO()
    workbook = Workbook(file, _TEXTS)
    workbook.set_properties({"title": table.title, "created": _CREATED})
    sheet = workbook.add_worksheet(_NOT_IN_NAMES.sub(" ", table.title)[:_LONGEST_NAME] or "table")
    sheet.write_row(0, 0, table.columns, workbook.add_format({"bold": True}))
    for number, row in enumerate(table.rows, start=1):
        sheet.write_row(number, 0, row)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(table.rows), max(0, len(table.columns) - 1))
    for number, column in enumerate(zip(table.columns, *table.rows, strict=True)):
        widest = max(len(str(cell)) for cell in column if cell is not None)
        sheet.set_column(number, number, min(widest + 2, _WIDEST))
    workbook.close()
    return file.getvalue()
