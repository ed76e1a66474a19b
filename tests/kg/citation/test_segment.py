"""Where sentences end, and when two count as the same."""

import pytest

from kg.citation.segment import blocks, normalise, sentences


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        ("The U.S. President came. He left.", ["The U.S. President came.", "He left."]),
        ("Nine ports left the U.K. to trade.", ["Nine ports left the U.K. to trade."]),
        ("The then-U.K. Minister A. B. Roe spoke.", ["The then-U.K. Minister A. B. Roe spoke."]),
        ("They met in St. Helier on Nov. 3, 2020.", ["They met in St. Helier on Nov. 3, 2020."]),
        ("Dr. Poe and Mr. Roe agree. Ms. Doe!", ["Dr. Poe and Mr. Roe agree.", "Ms. Doe!"]),
        ("She praised its “calm.” It held.", ["She praised its “calm.”", "It held."]),
        ("It (the port) shut. 30 ships left.", ["It (the port) shut.", "30 ships left."]),
        ("It shut (for good.) The end.", ["It shut (for good.)", "The end."]),
        ("Why? “Because!” they said. So be it.", ["Why?", "“Because!” they said.", "So be it."]),
        ("In 2020. “A pity,” she said.", ["In 2020.", "“A pity,” she said."]),
        ("It grew by 2.5 percent. Then 3.", ["It grew by 2.5 percent.", "Then 3."]),
        ("Credit: A. Roe, Harbour Photo", ["Credit: A. Roe, Harbour Photo"]),
        ("", []),
    ],
)
def test_sentences_end_where_a_reader_would_say(block: str, expected: list[str]) -> None:
    assert sentences(block) == expected


def test_typography_does_not_make_a_difference() -> None:
    typed = 'The envoy\'s "new" plan - a cafe\u0301'
    printed = "The\u00a0envoy\u2019s  \u201cnew\u201d plan \u2013 a caf\u00e9\u200b"
    assert normalise(typed) == normalise(printed)


def test_words_capitals_and_punctuation_do() -> None:
    plain = normalise("The envoy left.")
    assert plain not in (normalise("the envoy left."), normalise("The envoy left"))


def test_blocks_are_the_lines_that_say_something() -> None:
    assert blocks("A\r\n\r\n \u00a0\nB\tC\n") == ["A", "B C"]


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        (
            "船が着いた。誰も来ない\uff01なぜか\uff1f",
            ["船が着いた。", "誰も来ない\uff01", "なぜか\uff1f"],
        ),
        (
            "使節は「橋は古い。直す」と述べた。翌日、発った。",
            ["使節は「橋は古い。直す」と述べた。", "翌日、発った。"],
        ),
        (
            "使節は「橋は古い。直す。」と述べた。夜。",
            ["使節は「橋は古い。直す。」と述べた。", "夜。"],
        ),
        ("「橋は古い。」ところが誰も来ない。", ["「橋は古い。」", "ところが誰も来ない。"]),
        ("(見出し)橋の修理を決定", ["(見出し)橋の修理を決定"]),
        (
            "Посол им. А. С. Ив. прибыл 3 мая 1975 г. Мост закрыт.",
            ["Посол им. А. С. Ив. прибыл 3 мая 1975 г. Мост закрыт."],
        ),
        ("Мост закрыт. Почему?", ["Мост закрыт.", "Почему?"]),
        (
            "«Мост стар. Его закроют», — сказал он. Все ушли.",
            ["«Мост стар. Его закроют», — сказал он.", "Все ушли."],
        ),
        ('"Мост стар", — сказал он… Все ушли.', ['"Мост стар", — сказал он…', "Все ушли."]),
    ],
)
def test_japanese_and_russian_are_cut_by_their_own_stops(block: str, expected: list[str]) -> None:
    assert sentences(block) == expected
