"""What stands beside a name on the pages of the live graph: flags, and the place of a portrait."""

import pytest
from flask.testing import FlaskClient

from kg.store.store import Store
from web import create_app


@pytest.fixture(scope="module")
def site(built: Store) -> FlaskClient:
    return browsing(built)


def browsing(store: Store, **settings: str) -> FlaskClient:
    client = create_app({"TESTING": True, **settings}, store).test_client()
    client.environ_base["HTTP_ACCEPT"] = "text/html"
    return client


def test_a_state_has_its_flag_which_is_served(site: FlaskClient) -> None:
    page = site.get("/page/japan").text
    address = page.partition('<img class="flag" src="')[2].partition('"')[0]
    assert address.startswith("/assets/flags/jp.svg")
    assert 'alt="Flag of Japan"' in page
    assert site.get(address).mimetype == "image/svg+xml"


@pytest.mark.parametrize("slug", ["soviet-union", "g7", "shinzo-abe"])
def test_what_has_no_code_of_a_state_has_no_flag(site: FlaskClient, slug: str) -> None:
    assert 'class="flag"' not in site.get(f"/page/{slug}").text


def test_the_place_of_a_portrait_leads_to_the_record_that_has_it(site: FlaskClient) -> None:
    page = site.get("/page/shinzo-abe").text
    assert '<a class="portrait" href="/look/shinzo-abe/wikidata?record=Q132345"' in page
    assert ">SA</span>" in page
    assert 'class="portrait"' not in site.get("/page/japan").text


def test_no_portrait_is_offered_where_other_datasets_are_not_asked(built: Store) -> None:
    assert 'class="portrait"' not in browsing(built, LOOK="0").get("/page/shinzo-abe").text


def test_a_persons_identifiers_stand_below_the_name(site: FlaskClient) -> None:
    header = site.get("/page/shinzo-abe").text.partition("</header>\n<nav")[0]
    assert ">Q132345</a>" in header
