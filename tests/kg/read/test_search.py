import pytest

from kg.read.search import search
from kg.store import Store


@pytest.mark.parametrize(
    ("question", "best"),
    [
        ("Ruritania", "Ruritania"),
        ("ruri", "Ruritania"),
        ("ru", "Ruritania"),
        ("РУРИТАНИЯ", "Ruritania"),
        ("ルリタニア", "Ruritania"),
        ("リタ", "Ruritania"),
        ("rassendyll", "Rudolf Rässendyll"),
        ("strelsau", "meeting at Strelsau"),
        ("kingdom", "Ruritania"),
        ("flood river", "flood of the border river"),
    ],
)
def test_finds_by_any_name_whatever_accents_and_case(
    store: Store, question: str, best: str
) -> None:
    found = search(store, question)
    assert found.hits[0].item.thing.text == best
    assert not found.near


def test_the_whole_name_comes_before_a_part_of_one(store: Store) -> None:
    assert [hit.item.thing.text for hit in search(store, "sylvania").hits] == [
        "Sylvania",
        "claim that Sylvania caused the flood",
    ]


@pytest.mark.parametrize("question", ["", " ,", '"', "%", "_", "AND", "x" * 3])
def test_what_names_nothing_finds_nothing(store: Store, question: str) -> None:
    assert search(store, question).hits == ()


@pytest.mark.parametrize("question", ["Silvannia", "sylvanai", "rassendill", "strelsau meting"])
def test_slips_of_the_pen_are_forgiven(store: Store, question: str) -> None:
    found = search(store, question)
    assert found.near
    best = {"s": "Sylvania", "r": "Rudolf Rässendyll"}[question[0].lower()]
    expected = "meeting at Strelsau" if "strelsau" in question else best
    assert found.hits[0].item.thing.text == expected


def test_the_total_counts_what_is_not_listed(store: Store) -> None:
    found = search(store, "meeting", limit=2)
    assert (len(found.hits), found.total) == (2, 3)
    rest = search(store, "meeting", limit=2, page=2)
    assert len(rest.hits) == 1
    assert {h.item.thing.iri for h in rest.hits}.isdisjoint(h.item.thing.iri for h in found.hits)


def test_a_search_narrows_by_kind(store: Store) -> None:
    assert search(store, "ruritania", chosen={"kind": "State"}).total == 1
    assert search(store, "ruritania", chosen={"kind": "Event"}).total == 0


def test_a_long_text_is_no_work(store: Store) -> None:
    assert search(store, "ruritania" * 100_000).hits == ()


def test_a_hit_says_what_it_is(built: Store) -> None:
    hit = search(built, "skripal attack").hits[0]
    assert hit.item.description.startswith("Chemical attack on ")
    assert hit.item.day == "4 March 2018"
