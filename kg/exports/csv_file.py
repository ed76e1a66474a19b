"""Tables as CSV (https://www.rfc-editor.org/rfc/rfc4180), safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io

from kg.exports.table import Table, TableCell

CSV = "text/csv"

# With one of these a spreadsheet takes a text for a formula
# (https://owasp.org/www-community/attacks/CSV_Injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def write_csv(table: Table) -> bytes:
    r"""Write a table in UTF-8 with a header line; texts that look like formulas get an apostrophe.

    >>> write_csv(Table("t", ("name", "count"), (("=1+1", 2), ("Tokyo, Japan", None))))
    b'name,count\r\n\'=1+1,2\r\n"Tokyo, Japan",\r\n'
    """
    lines = io.StringIO(newline="")
    writer = csv.writer(lines)
    writer.writerow([_harmless(name) for name in table.columns])
    writer.writerows([_harmless(cell) for cell in row] for row in table.rows)
    return lines.getvalue().encode()


def _harmless(cell: TableCell) -> TableCell:
    # A number is no formula, even a negative one.
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
