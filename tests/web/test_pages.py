from flask.testing import FlaskClient


def test_home_lists_what_there_is(browser: FlaskClient) -> None:
    page = browser.get("/").text
    assert '<a href="/class/State">state</a> <span class="count">2</span>' in page
    assert "Of rivers and kings" in page


def test_a_class_lists_its_members_and_their_own_classes(browser: FlaskClient) -> None:
    page = browser.get("/class/Agent").text
    assert '<a href="/page/rassendyll">Rudolf Rässendyll</a>' in page
    assert '<a href="/class/Person">person</a>' in page


def test_an_unknown_class_offers_near_ones(browser: FlaskClient) -> None:
    answer = browser.get("/class/Stat")
    assert answer.status_code == 404
    assert '<a href="/class/State">State</a>' in answer.text


def test_search_shows_the_name_that_matched(browser: FlaskClient) -> None:
    assert "also Kingdom of Ruritania" in browser.get("/search?q=kingdom").text


def test_search_offers_near_names(browser: FlaskClient) -> None:
    page = browser.get("/search?q=silvannia").text
    assert "Nothing is called" in page
    assert "Near names" in page


def test_search_answers_in_json(client: FlaskClient) -> None:
    found = client.get("/search?q=RURI&format=json").get_json()
    assert [hit["page"] for hit in found["results"]] == ["/page/ruritania"]


def test_health_names_the_build(client: FlaskClient) -> None:
    assert client.get("/healthz").get_json() == {"status": "ok", "build": "test"}
