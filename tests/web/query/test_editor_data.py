from flask.testing import FlaskClient

from web.query.editor_data import MAX_LABELLED_IRIS

RURITANIA = "https://w3id.org/aide-memoire/id/ruritania"
UNKNOWN = "https://example.org/a/b"


def test_terms_come_with_our_prefixes(client: FlaskClient) -> None:
    found = client.get("/sparql/terms").get_json()
    assert found["prefixes"]["id"] == "https://w3id.org/aide-memoire/id/"
    state = next(term for term in found["terms"] if term["name"] == "dip:State")
    assert state["label"] == "state"
    assert state["definition"] == "Agent that governs a territory."


def test_names_say_label_short_name_and_address(client: FlaskClient) -> None:
    asked = {"iri": [RURITANIA, UNKNOWN, "javascript:alert(1)"]}
    for found in (
        client.get("/sparql/names", query_string=asked).get_json(),
        client.post("/sparql/names", data=asked).get_json(),
    ):
        assert found[RURITANIA] == {
            "label": "Ruritania",
            "name": "id:ruritania",
            "page": "/page/ruritania",
        }
        assert found[UNKNOWN] == {"label": UNKNOWN, "name": UNKNOWN, "page": UNKNOWN}
        assert found["javascript:alert(1)"]["page"] == ""


def test_names_are_asked_so_many_at_a_time(client: FlaskClient) -> None:
    asked = {"iri": [f"{RURITANIA}-{n}" for n in range(MAX_LABELLED_IRIS + 1)]}
    assert client.post("/sparql/names", data=asked).status_code == 400
