"""A table as a file to download, in the format that the client wants."""

from __future__ import annotations

from werkzeug.wrappers import Response

from kg.exports.csv_file import CSV, write_csv
from kg.exports.table import Table
from kg.exports.xlsx_file import XLSX, write_xlsx
from kg.model.errors import LimitReached, SizeLimit
from web.request.negotiate import content_type
from web.serving.graph_response import LICENCE

# Each row costs several look-ups; a list of ours has some hundreds.
MOST_ROWS = 5_000

_WRITERS = {CSV: ("csv", write_csv), XLSX: ("xlsx", write_xlsx)}


class TooManyRows(SizeLimit):
    """A list has more rows than a server writes as one table."""

    unit = "rows"

    def __init__(self, total: int) -> None:
        """Record the limit in rows, and how many there are."""
        LimitReached.__init__(
            self,
            MOST_ROWS,
            f"there are {total:,} rows, and a table holds at most {MOST_ROWS:,}; filter the list, "
            "or download it page by page with page=1, page=2 and so on",
        )


def is_table(media: str) -> bool:
    """Tell whether a media type is one of tables."""
    return media in _WRITERS


def table_response(table: Table, media: str) -> Response:
    """Return a table as a file in a media type of tables, with a link to its licence."""
    extension, write = _WRITERS[media]
    response = Response(write(table), content_type=content_type(media))
    response.headers["Content-Disposition"] = f'attachment; filename="{table.title}.{extension}"'
    response.headers.add("Link", f'<{LICENCE}>; rel="license"')
    return response
