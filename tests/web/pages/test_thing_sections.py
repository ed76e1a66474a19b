"""A thing's page and its contents are made from one list of sections."""

import re

import pytest
from flask.testing import FlaskClient

from kg.model.prefixes import THING
from kg.store.store import Store
from kg.things.entity import read_entity
from web import create_app
from web.pages.thing_sections import is_event, thing_sections

CONTENTS = re.compile(r'<li><a href="#([^"]+)">')
HEADING = re.compile(r'<h2 id="([^"]+)">')


@pytest.fixture(scope="module")
def site(corpus: Store) -> FlaskClient:
    return create_app({"TESTING": True}, corpus).test_client()


@pytest.mark.parametrize("slug", ["norland", "erika-linde", "belport-attack"])
def test_the_contents_list_every_section_of_the_page_in_order(site: FlaskClient, slug: str) -> None:
    page = site.get(f"/page/{slug}").text
    contents, body = page.split('<div class="body">')
    assert CONTENTS.findall(contents) == HEADING.findall(body)


def test_claims_come_before_panels_for_an_event_and_after_facts_otherwise(corpus: Store) -> None:
    attack, norland = read_entity(corpus, "belport-attack"), read_entity(corpus, "norland")
    assert is_event(attack)
    assert not is_event(norland)
    order = [section.template for section in thing_sections(attack, ())]
    assert order.index("claims") < order.index("facts" if "facts" in order else "sources")
    order = [section.template for section in thing_sections(norland, ())]
    assert order.index("claims") > order.index("facts" if "facts" in order else "panel")


def test_a_section_without_content_is_left_out(store: Store) -> None:
    entity = read_entity(store, "ruritania")
    assert entity.thing.iri == THING + "ruritania"
    shown = {section.template for section in thing_sections(entity, ())}
    assert "location" not in shown
    assert "content" not in shown
