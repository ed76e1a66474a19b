"""A feed of the site, read by a parser of XML that knows nothing of feeds."""

from xml.etree import ElementTree as ET

from flask.testing import FlaskClient

from kg.store.store import Store
from web import create_app

ATOM = "{http://www.w3.org/2005/Atom}"


def client_of(store: Store) -> FlaskClient:
    return create_app({"TESTING": True}, store).test_client()


def feed(site: FlaskClient, path: str) -> ET.Element:
    answer = site.get(path)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ET.fromstring(answer.data)  # noqa: S314 - it is ours


def entries(found: ET.Element) -> list[ET.Element]:
    return found.findall(f"{ATOM}entry")


def ids(found: ET.Element) -> list[str]:
    return [entry.findtext(f"{ATOM}id", "") for entry in entries(found)]


def links(part: ET.Element) -> dict[str, str]:
    return {one.get("rel", ""): one.get("href", "") for one in part.findall(f"{ATOM}link")}
