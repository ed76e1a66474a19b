import re

from flask.testing import FlaskClient


def test_the_guide_is_as_llmstxt_has_it(client: FlaskClient) -> None:
    answer = client.get("/llms.txt")
    lines = answer.get_data(as_text=True).splitlines()
    assert answer.mimetype == "text/plain"
    assert lines[0] == "# Aide-Mémoire"
    assert lines[2].startswith("> ")
    assert [line for line in lines if line.startswith("#")][1:] == [
        *("## To ask", "## To read", "## Optional"),
    ]


def test_its_links_lead_somewhere_here(client: FlaskClient) -> None:
    text = client.get("/llms.txt").get_data(as_text=True)
    links = re.findall(r"\]\(http://localhost(/[^)]*)\)", text)
    assert len(links) > 8
    # Only a build describes itself: `tests/clients` follow that one.
    for path in set(links) - {"/.well-known/void"}:
        answer = client.get(path.replace("japan", "ruritania"))
        assert answer.status_code in {200, 303}, path
        answer.close()


def test_the_schema_card_names_the_build(client: FlaskClient) -> None:
    text = client.get("/schema.txt").get_data(as_text=True)
    assert text.startswith("# Aide-Mémoire: schema card of build test\n")
