import pytest

from kg.model.errors import NotFound
from kg.model.prefixes import THING
from kg.store.store import Store
from kg.together.pair import named_pair
from kg.together.partners import partners
from kg.together.together import SECTIONS, SameThing, SharedItem, read_together


def rows(store: Store, first: str, second: str, name: str) -> list[SharedItem]:
    both = read_together(store, first, second)
    return [row for section in both.sections if section.name == name for row in section.rows]


def slugs(found: list[SharedItem]) -> set[str]:
    return {row.item.thing.iri.removeprefix(THING) for row in found}


def test_what_two_have_to_do_with_each_other_comes_in_order_of_time(corpus: Store) -> None:
    found = rows(corpus, "norland", "vostria", "together")
    days = [row.item.earliest or row.item.latest for row in found]
    dated = [day for day in days if day]
    assert len(dated) > 3
    assert dated == sorted(dated)
    assert days[: len(dated)] == dated


def test_each_has_a_part_in_what_they_share_and_sentences_say_so(corpus: Store) -> None:
    both = read_together(corpus, "norland", "vostria")
    shared = [row for section in both.sections for row in section.rows]
    for row in shared:
        assert row.parts[0], row.item.thing.iri
        assert row.footnotes or row.provenance
        assert all(number <= len(both.cited_sentences) for number in row.footnotes)
    assert any(row.footnotes for row in shared)


def test_claims_are_apart_from_what_happened_and_say_whose_they_are(corpus: Store) -> None:
    claims = rows(corpus, "united-isles", "vostria", "together-claims")
    assert not slugs(claims) & slugs(rows(corpus, "united-isles", "vostria", "together"))
    assert claims
    assert all(row.says for row in claims)


def test_the_order_of_the_two_changes_no_row(corpus: Store) -> None:
    for name in SECTIONS:
        there = rows(corpus, "norland", "vostria", name)
        back = rows(corpus, "vostria", "norland", name)
        assert slugs(there) == slugs(back)


def test_two_things_are_two(corpus: Store) -> None:
    with pytest.raises(SameThing):
        read_together(corpus, "norland", "norland")
    with pytest.raises(NotFound):
        read_together(corpus, "norland", "nobody")


@pytest.mark.parametrize(
    "text",
    ["Norland and Vostria", "vostria AND norland", "ノルランドとVostria", "Норландия и Vostria"],
)
def test_two_names_with_and_between_are_a_pair(corpus: Store, text: str) -> None:
    assert named_pair(corpus, text) == ("norland", "vostria")


@pytest.mark.parametrize(
    "text", ["Norland", "Norland and", "and", "Norland and qqqq", "Norland and Norland"]
)
def test_anything_else_is_no_pair(corpus: Store, text: str) -> None:
    assert named_pair(corpus, text) is None


def test_partners_are_others_that_take_part_in_most(corpus: Store) -> None:
    found = [one.iri.removeprefix(THING) for one in partners(corpus, "norland")]
    assert "vostria" in found
    assert "norland" not in found
    assert partners(corpus, "vellin") == []
