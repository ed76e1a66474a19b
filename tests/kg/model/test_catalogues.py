"""Every text of the interface is translated, with its placeholders, into each other language."""

import re
from collections.abc import Iterator
from io import BytesIO

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.frontend import CommandLineInterface
from babel.messages.pofile import read_po

from kg.model.languages import DEFAULT, LANGUAGES
from kg.model.prefixes import ROOT
from kg.model.translations import TRANSLATIONS, catalogue

OTHERS = [tag for tag in LANGUAGES if tag != DEFAULT]
PLACEHOLDER = re.compile(r"%\(\w+\)s")
TAG = re.compile(r"<[^>]+>")


@pytest.fixture(scope="module")
def used(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """Read the texts that templates, Python and scripts have, as `make translations` does."""
    file = tmp_path_factory.mktemp("texts") / "texts.pot"
    options = ["--mapping-file", str(ROOT / "pyproject.toml"), "--keyword", "gettext_noop"]
    folders = [str(ROOT / name) for name in ("kg", "web")]
    CommandLineInterface().run(
        ["pybabel", "--quiet", "extract", *options, "--output-file", str(file), *folders]
    )
    return read_po(BytesIO(file.read_bytes()))


def forms(message: Message) -> tuple[list[str], list[str]]:
    """Return the English forms of a message and its translations."""
    english = [message.id] if isinstance(message.id, str) else list(message.id)
    text = message.string or ""
    return english, [text] if isinstance(text, str) else list(text)


def messages(tag: str) -> Iterator[Message]:
    return (message for message in catalogue(tag) if message.id)


@pytest.mark.parametrize("tag", OTHERS)
def test_every_text_is_in_the_catalogue(used: Catalog, tag: str) -> None:
    known = catalogue(tag)
    lacking = [
        message.id for message in used if message.id and not known.get(message.id, message.context)
    ]
    assert not lacking, f"run: make translations, and translate into {tag}: {lacking}"


@pytest.mark.parametrize("tag", OTHERS)
def test_every_text_is_translated(tag: str) -> None:
    empty = [message.id for message in messages(tag) if not all(forms(message)[1])]
    assert not empty, f"translate in kg/translations/{tag}.po: {empty}"
    assert [message.id for message in messages(tag) if message.fuzzy] == []


@pytest.mark.parametrize("tag", OTHERS)
def test_translations_have_the_placeholders_and_tags_of_the_text(tag: str) -> None:
    for message in messages(tag):
        english, translated = forms(message)
        placeholders = {*PLACEHOLDER.findall(" ".join(english))}
        for text in translated:
            assert {*PLACEHOLDER.findall(text)} == placeholders, (message.id, text)
            assert sorted(TAG.findall(text)) == sorted(TAG.findall(english[-1])), (message.id, text)


def test_russian_has_three_forms_and_japanese_one() -> None:
    for tag, number in (("ru", 3), ("ja", 1)):
        assert catalogue(tag).num_plurals == number
        counted = [m for m in messages(tag) if not isinstance(m.id, str)]
        assert {len(forms(message)[1]) for message in counted} == {number}


def test_there_is_a_catalogue_for_each_language_and_no_other() -> None:
    assert {path.stem for path in TRANSLATIONS.glob("*.po")} == {*OTHERS}
