import pytest

from kg.read.search import near_names, search
from kg.store import Store


@pytest.mark.parametrize(
    ("question", "best"),
    [
        ("Ruritania", "Ruritania"),
        ("ruri", "Ruritania"),
        ("РУРИТАНИЯ", "Ruritania"),
        ("ルリタニア", "Ruritania"),
        ("rassendyll", "Rudolf Rässendyll"),
        ("strelsau", "meeting at Strelsau"),
        ("kingdom", "Ruritania"),
        ("flood river", "flood of the border river"),
    ],
)
def test_finds_by_any_name_whatever_accents_and_case(
    store: Store, question: str, best: str
) -> None:
    assert search(store, question).hits[0].thing.text == best


def test_the_whole_name_comes_before_a_part_of_one(store: Store) -> None:
    assert [hit.thing.text for hit in search(store, "sylvania").hits] == [
        "Sylvania",
        "claim that Sylvania caused the flood",
    ]


def test_nothing_asked_finds_nothing(store: Store) -> None:
    assert search(store, " ,").hits == ()


def test_a_misspelt_name_offers_near_ones(store: Store) -> None:
    assert search(store, "Silvannia").hits == ()
    assert [hit.thing.text for hit in near_names(store, "Silvannia")] == ["Sylvania"]


def test_the_total_counts_what_is_not_listed(store: Store) -> None:
    found = search(store, "meeting", limit=2)
    assert (len(found.hits), found.total) == (2, 3)


def test_a_long_text_is_no_work(store: Store) -> None:
    assert near_names(store, "ruritania" * 100_000) == []
