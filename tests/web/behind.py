"""The questions behind lists, followed to their answers."""

import html
import re
from urllib.parse import parse_qs, urlsplit

from flask.testing import FlaskClient

NARROWED = [
    "",
    "kind=Event",
    "kind=Stance&actor=norland",
    "actor=norland&year=2018",
    "actor=erika-linde&kind=Event&year=2018&place=vostria",
    "place=amber-islands",
    "from=2018-04-01&until=2018-04-30",
    "from=2018-03-05",
    "until=1945",
    "kind=Event&actor=erika-linde&from=2017",
]


def answered(site: FlaskClient, path: str) -> list[dict[str, str]]:
    """Follow the question behind a view, and return the rows that answer it."""
    values = {"query": linked_query(site, path), "format": "json"}
    answer = site.get("/sparql", query_string=values).get_json()
    return [{n: v["value"] for n, v in row.items()} for row in answer["results"]["bindings"]]


def linked_query(site: FlaskClient, path: str) -> str:
    """Return the query that a view leads to."""
    href = re.search(r'href="([^"]*)">See the query', site.get(path).text)
    assert href
    return parse_qs(urlsplit(html.unescape(href[1])).query)["query"][0]
