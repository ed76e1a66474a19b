"""The words of a thing's page in Japanese and Russian: properties, roles, titles, classes."""

import re
from collections.abc import Iterator

import pytest

from kg.model.languages import in_language
from kg.store.store import Store
from kg.things.entity import Entity, read_entity
from kg.things.panel_declarations import panel_kinds

# Codes that all languages write in Latin letters.
CODES = re.compile(r"ISO|alpha|numeric|CAMEO|PLOVER|SHA")


@pytest.mark.parametrize("language", ["ja", "ru"])
@pytest.mark.parametrize("slug", ["japan", "skripal-attack", "vladimir-putin", "southern-kurils"])
def test_no_word_of_a_page_is_english(built: Store, slug: str, language: str) -> None:
    with in_language(language):
        words = list(_words(read_entity(built, slug)))
    assert len(words) > 10
    assert [word for word in words if re.search("[A-Za-z]{2}", CODES.sub("", word))] == []


def _words(entity: Entity) -> Iterator[str]:
    """Return labels of properties and classes, titles of panels, roles and days."""
    for group in (*entity.key_facts, *entity.outgoing, *entity.incoming):
        yield group.label
    for panel in entity.panels:
        yield panel.title
        for row in panel.rows:
            yield from (row.role, row.day, row.thing.status)
            yield from (piece.text for piece in row.gist if not piece.iri and not piece.language)
    yield from (class_.text for class_ in entity.classes)
    yield from (tie.property.text for tie in entity.neighbourhood.ties)


def test_titles_of_panels_are_read_for_each_language(corpus: Store) -> None:
    english = {kind.query_name: kind.title for kind in panel_kinds(corpus)}
    with in_language("ja"):
        japanese = {kind.query_name: kind.title for kind in panel_kinds(corpus)}
    assert (english["events"], japanese["events"]) == ("timeline", "年表")
    assert [name for name in english if english[name] == japanese[name]] == []


def test_a_status_is_in_the_readers_language(corpus: Store) -> None:
    assert read_entity(corpus, "tamar-attack").thing.status == "alleged"
    with in_language("ru"):
        assert read_entity(corpus, "tamar-attack").thing.status == "предположительно"
