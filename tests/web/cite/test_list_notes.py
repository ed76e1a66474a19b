"""Entries of lists have footnotes: those of the JSON of the same list, up to a number."""

import re

import pytest
from flask.testing import FlaskClient
from html5lib import parse

from kg.model.prefixes import BASE
from web.cite.list_notes import MOST

XHTML = "{http://www.w3.org/1999/xhtml}"
LISTS = ["/timeline", "/timeline?as=table", "/class/Event", "/class/State?order=degree"]


@pytest.mark.parametrize("address", LISTS)
def test_entries_cite_the_sentences_that_the_json_names(browser: FlaskClient, address: str) -> None:
    page = browser.get(address).text
    sources = re.search(r'<section aria-labelledby="sources">.*?</section>', page, re.DOTALL)
    assert sources
    cited = {
        note.get("id"): next(a.get("href") for a in note.iter(f"{XHTML}a"))
        for note in parse(sources[0]).iter(f"{XHTML}li")
    }
    shown = [
        [str(cited[a.get("href", "").removeprefix("#")]) for a in marks.iter(f"{XHTML}a")]
        for marks in parse(page).iter(f"{XHTML}sup")
    ]
    records = browser.get(address, headers={"Accept": "application/json"}).get_json()["results"]
    named = [
        [iri.removeprefix(BASE[:-1]) for iri in record["sentences"][:MOST]] for record in records
    ]
    assert sorted(shown) == sorted(sentences for sentences in named if sentences)


def test_hits_of_a_search_cite_theirs(browser: FlaskClient) -> None:
    page = browser.get("/search?q=ruritania").text
    assert page.count('class="notes"') > 0
    assert 'id="note-1"' in page
