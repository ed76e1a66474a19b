from contextvars import copy_context

import pytest

from kg.index.reader import index
from kg.lists.items import list_items
from kg.lists.search import search_things
from kg.model.prefixes import use_prefixes
from kg.store.store import Store


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
    found = search_things(store, question)
    assert found.hits[0].item.thing.text == best
    assert not found.approximate


def test_the_whole_name_comes_before_a_part_of_one(store: Store) -> None:
    assert [hit.item.thing.text for hit in search_things(store, "sylvania").hits] == [
        "Sylvania",
        "claim that Sylvania caused the flood",
    ]


@pytest.mark.parametrize("question", ["", " ,", '"', "%", "_", "AND", "x" * 3])
def test_what_names_nothing_finds_nothing(store: Store, question: str) -> None:
    assert search_things(store, question).hits == ()


@pytest.mark.parametrize("question", ["Silvannia", "sylvanai", "rassendill", "strelsau meting"])
def test_slips_of_the_pen_are_forgiven(store: Store, question: str) -> None:
    found = search_things(store, question)
    assert found.approximate
    best = {"s": "Sylvania", "r": "Rudolf Rässendyll"}[question[0].lower()]
    expected = "meeting at Strelsau" if "strelsau" in question else best
    assert found.hits[0].item.thing.text == expected


def test_the_total_counts_what_is_not_listed(store: Store) -> None:
    found = search_things(store, "meeting", limit=2)
    assert (len(found.hits), found.total) == (2, 3)
    rest = search_things(store, "meeting", limit=2, page=2)
    assert len(rest.hits) == 1
    assert {h.item.thing.iri for h in rest.hits}.isdisjoint(h.item.thing.iri for h in found.hits)


def test_a_search_narrows_by_kind(store: Store) -> None:
    assert search_things(store, "ruritania", filters={"kind": "State"}).total == 1
    assert search_things(store, "ruritania", filters={"kind": "Event"}).total == 0


def test_a_long_text_is_no_work(store: Store) -> None:
    assert search_things(store, "ruritania" * 100_000).hits == ()


def test_a_hit_says_what_it_is(corpus: Store) -> None:
    hit = search_things(corpus, "belport attack").hits[0]
    assert hit.item.description.startswith("Chemical attack on ")
    assert hit.item.day == "4 March 2018"


@pytest.mark.parametrize(
    "question",
    [
        "Q990017", "q990017", "wd:Q990017", "https://www.wikidata.org/wiki/Q990017",
        "http://www.wikidata.org/entity/Q990017", "https://m.wikidata.org/wiki/Q990017#sitelinks",
        "https://www.wikidata.org/wiki/Special:EntityData/Q990017.json",
        "https://www.wikidata.org/wiki/Q990017?uselang=ja",
        "9900017", "gn:9900017", "gn:9900017/", "http://sws.geonames.org/9900017/about.rdf",
        "https://www.geonames.org/9900017/norland.html", "http://dbpedia.org/resource/Norland",
        "https://dbpedia.org/page/Norland", "https://dbpedia.org/page/N%6Frland", "dbr:norland",
        "XN", "xno", "901", "id:norland", "https://w3id.org/aide-memoire/id/norland",
        "/page/norland",
        "http://127.0.0.1:8000/page/norland?x=1#events",
    ],
)  # fmt: skip
def test_what_an_identifier_identifies_is_found(corpus: Store, question: str) -> None:
    found = search_things(corpus, question)
    assert [hit.item.thing.text for hit in found.hits] == ["Norland"]
    assert not found.approximate


@pytest.mark.parametrize(
    ("question", "kind", "text"),
    [
        ("p8s4", "sentence", "¶8, sentence 4"),
        ("norland-vostria-2018/p8s4", "sentence", "¶8, sentence 4"),
        ("/source/norland-vostria-2018", "source", "Norland Between Two Shores"),
        ("State", "class", "state"),
        ("sanctions", "class", "sanction"),
        ("dip:State", "class", "state"),
        ("/class/State", "class", "state"),
        ("participant", "property", "takes part"),
        ("planned", "concept", "planned"),
    ],
)
def test_what_is_no_thing_is_referred_to(
    corpus: Store, question: str, kind: str, text: str
) -> None:
    found = search_things(corpus, question).references[0]
    assert (found.kind, found.text[:42].strip()) == (kind, text)


def test_a_sentence_is_found_by_the_prefix_of_its_source(corpus: Store) -> None:
    def look_up() -> str:
        use_prefixes(corpus.texts.prefixes)
        return search_things(corpus, "norland-vostria-2018:p8s4").references[0].text

    assert copy_context().run(look_up) == "¶8, sentence 4"


@pytest.mark.parametrize(
    "question",
    [
        "Q1",
        "id:nobody",
        "dbr:a b",
        "Q990017x",
        "https://example.org/wiki/Q990017",
        "dbr:<x>",
        "http://[",
        "xx:y",
        "/page/%zz",
        "99999",
    ],
)
def test_what_looks_like_an_identifier_and_is_none_finds_nothing(
    corpus: Store, question: str
) -> None:
    found = search_things(corpus, question)
    assert (found.hits, found.references, found.approximate) == ((), (), False)


def test_the_middle_of_a_word_counts_only_if_no_word_begins_so(corpus: Store) -> None:
    assert [hit.item.thing.text for hit in search_things(corpus, "fsa").hits] == ["Federal States"]
    assert search_things(corpus, "orland").hits[0].item.thing.text == "Norland"


def test_a_hit_shows_what_matched_and_in_which_language(corpus: Store) -> None:
    hit = search_things(corpus, "エリカ").hits[0]
    assert (hit.language, hit.pieces) == ("ja", (("エリカ", True), ("・リンデ", False)))
    near = search_things(corpus, "drsin").hits[0]
    assert not any(asked for _, asked in near.pieces)


def test_a_search_describes_each_hit_once(store: Store) -> None:
    def described() -> int:
        info = index(store).values.cache_info()
        return info.hits + info.misses

    results = search_things(store, "meeting")
    before = described()
    list_items(store, [hit.item.thing.iri for hit in results.hits])
    needed = described() - before
    search_things(store, "meeting")
    assert described() - before == 2 * needed > 0


@pytest.mark.parametrize("question", ["expel", "expelled diplomats", "Vostrian diplomats expelled"])
def test_a_verb_is_searched_for_by_its_noun_too(corpus: Store, question: str) -> None:
    results = search_things(corpus, question)
    assert not results.approximate
    assert any("expulsion of Vostrian diplomats" in hit.name for hit in results.hits)
