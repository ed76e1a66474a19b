"""The sentence that opens a page, in Japanese and Russian: names stand in their dictionary form."""

import re

import pytest

from kg.index.reader import index
from kg.index.thing_filter import ThingFilter
from kg.model.languages import in_language
from kg.model.prefixes import THING
from kg.store.store import Store
from kg.things.lead import lead, lead_sentence

JAPANESE = {
    "norland": "国家。加盟先：五か国。当事国である領有権紛争：琥珀諸島問題。",
    "erika-linde": "ノルランド首相。在任：2012年12月26日～2020年9月16日。",
    "ivo-drasin": "元二重スパイ。被害：ドラシン父娘襲撃事件。",
    "outer-islands": "諸島。構成要素：琥珀諸島。",
    "amber-islands-dispute": (
        "琥珀諸島をめぐる領有権紛争。当事国：ノルランド、ヴォストリア。開始：1945年。"
    ),
    "belport-attack": "Ivo Drasin、Nina Drasinに対する連合諸島での化学兵器攻撃（2018年3月4日）。",
    "tamar-attack": "Tamar Valleyでの化学兵器攻撃（未確認）（2018年4月7日）。",
    "long-war": "戦争。構成要素：end of the Long War。",
    "tavria": "国家。領土を失った出来事：annexation of Tavros。",
    "norland-lacks-autonomy": (
        "評価。言及は次の主張の中のみ：author's view that Vostria will doubt Norland。"
    ),
}
RUSSIAN = {
    "norland": "Государство; членство: Five Powers; сторона спора: Amber Islands dispute.",
    "erika-linde": (
        "Prime Minister of Norland; в должности: 26 декабря 2012 г. – 16 сентября 2020 г."
    ),
    "ivo-drasin": "Двойной агент (в прошлом); пострадал в событии: attack on the Drasins.",
    "outer-islands": "Группа островов; составные части: Янтарные острова.",
    "amber-islands-dispute": (
        "Территориальный спор: Янтарные острова; стороны: Вострия и Норландия; начало: 1945 г."
    ),
    "belport-attack": (
        "Химическое нападение; объект: Ivo Drasin и Nina Drasin; "
        "место: Соединённые Острова; 4 марта 2018 г."
    ),
    "tamar-attack": (
        "Химическое нападение (предположительно); место: Tamar Valley; 7 апреля 2018 г."
    ),
    "long-war": "Война; составные части: end of the Long War.",
    "tavria": "Государство; утрата территории: Аннексия Тавроса.",
    "norland-lacks-autonomy": (
        "Оценка; упоминается только в утверждении: author's view that Vostria will doubt Norland."
    ),
}


@pytest.mark.parametrize("slug", JAPANESE)
def test_a_sentence_is_in_japanese(corpus: Store, slug: str) -> None:
    with in_language("ja"):
        assert lead_sentence(corpus, THING + slug) == JAPANESE[slug]


@pytest.mark.parametrize("slug", RUSSIAN)
def test_a_sentence_is_in_russian(corpus: Store, slug: str) -> None:
    with in_language("ru"):
        said = lead_sentence(corpus, THING + slug)
    # A space that does not break stands before the abbreviation of "year".
    assert said.replace("\N{NO-BREAK SPACE}", " ") == RUSSIAN[slug]


@pytest.mark.parametrize("language", ["ja", "ru"])
def test_nothing_is_english_but_names_that_have_no_other(built: Store, language: str) -> None:
    iris = index(built).members(ThingFilter(), limit=10_000)
    with in_language(language):
        pieces = [piece for iri in iris for piece in lead(built, iri)]
    assert len(iris) > 300
    unmarked = (piece.text for piece in pieces if not (piece.iri or piece.language))
    assert [text for text in unmarked if re.search(r"[a-z]{2}", text)] == []
    named = {piece.iri: piece.language for piece in pieces if piece.iri}
    labels = {iri: _label_languages(built, iri) for iri in named}
    assert {
        iri for iri, tag in named.items() if (tag == "en") == (language in labels[iri])
    } == set()


def _label_languages(store: Store, iri: str) -> set[str]:
    return {tag for kind, _, tag in index(store).resource(iri).names if kind == "label"}
