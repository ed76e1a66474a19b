from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient
from html5lib import parse

from kg.model.errors import KGError
from kg.store.store import Store
from web import create_app
from web.about.contact import contact_address

XHTML = "{http://www.w3.org/1999/xhtml}"


def site(store: Store, contact: str = "") -> FlaskClient:
    client = create_app({"TESTING": True, "CONTACT": contact}, store).test_client()
    client.environ_base["HTTP_ACCEPT"] = "text/html"
    return client


def report_text(page: str) -> str:
    area = parse(page).find(f".//{XHTML}textarea")
    assert area is not None
    return area.text or ""


def sending(page: str) -> str:
    links = [a for a in parse(page).iter(f"{XHTML}a") if a.get("class") == "button"]
    return str(links[0].get("href"))


def test_the_page_says_which_build_it_is_and_where_to_write(store: Store) -> None:
    page = site(store, "graph@example.org").get("/about").text
    assert store.number in page
    assert 'href="mailto:graph@example.org?' in page
    assert "gives no address" not in page
    assert "gives no address" in site(store).get("/about").text


def test_a_report_names_page_statement_and_build(store: Store) -> None:
    address = "/report?page=/page/ruritania&statement=abc123"
    text = report_text(site(store).get(address).text)
    assert "Page: http://localhost/page/ruritania\n" in text
    assert "Statement: http://localhost/statement/abc123\n" in text
    assert f"Build: {store.number}\n" in text


def test_a_report_goes_by_mail_with_its_text(store: Store) -> None:
    page = site(store, "graph@example.org").get("/report?page=/page/ruritania").text
    mail = urlsplit(sending(page))
    assert (mail.scheme, mail.path) == ("mailto", "graph@example.org")
    assert parse_qs(mail.query)["body"] == [report_text(page)]


def test_a_form_of_the_owner_is_filled_in(store: Store) -> None:
    form = "https://example.org/new?title={title}&text={body}"
    fields = parse_qs(urlsplit(sending(site(store, form).get("/report").text)).query)
    assert store.number in fields["title"][0]
    assert "What is wrong:" in fields["text"][0]


@pytest.mark.parametrize(
    "path", ["//elsewhere.example", "page/japan", "/a\nb", "https://x.example"]
)
def test_a_page_of_another_site_is_refused(store: Store, path: str) -> None:
    answer = site(store).get("/report", query_string={"page": path})
    assert answer.status_code == 400
    assert "path of a page of this site" in answer.text


@pytest.mark.parametrize(
    "contact", ["graph", "ftp://example.org", "a b@example.org", "javascript:1"]
)
def test_an_address_that_is_none_is_refused_when_the_server_starts(contact: str) -> None:
    with pytest.raises(KGError, match="neither a mail address nor"):
        contact_address(contact)
