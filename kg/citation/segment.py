"""Cut a text into blocks and sentences, and normalise sentences so that copies compare equal.

Hashes on record depend on every rule here: a change makes recorded sentences unverifiable.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from pathlib import Path

# Copies of an article differ in these, by typesetting or by what a browser copies.
_SINGLE = "\u2018\u2019\u201a\u201b\u2032\u02bc"
_DOUBLE = "\u201c\u201d\u201e\u201f\u2033"
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
_PLAIN = str.maketrans(
    dict.fromkeys(_SINGLE, "'") | dict.fromkeys(_DOUBLE, '"') | dict.fromkeys(_DASHES, "-")
)
# Soft hyphen, zero-width space and joiners, word joiner, byte-order mark.
_UNSEEN = str.maketrans(dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", ""))

_CLOSING, _OPENING = "\"'\u201d\u2019\u00bb)\\]", "\"'\u201c\u2018\u00ab(\\["
# White space must follow, so that 3.5 and example.org end nothing.
_STOP = re.compile(rf"[.?!\u2026]+[{_CLOSING}]*\s+(?=[{_OPENING}]*(\w))")
# The full stops of Chinese and Japanese, after which no space stands. A closing bracket belongs to
# the stop, unless a particle such as \u3068 goes on with what was quoted.
_WIDE_STOP = re.compile(
    "[\u3002\uff0e\uff61\uff01\uff1f]+(?:[\u300d\u300f\uff09\u201d]+"
    "(?!\u3068(?!\u3053\u308d)|\u3063\u3066|\u306a\u3069|\u3092|\u3001))?"
)
# Quotation marks that open and close differently; what is within them does not end the sentence.
_QUOTED = re.compile(
    "\u300c[^\u300c\u300d]*\u300d|\u300e[^\u300e\u300f]*\u300f|\u00ab[^\u00ab\u00bb]*\u00bb"
)
# A word too many here only joins two sentences, which can still be cited.
_ABBREVIATIONS = frozenset((Path(__file__).parent / "abbreviations.txt").read_text("utf-8").split())
# Letters each with a full stop: initials, and names such as U.S.
_INITIALS = re.compile(r"(?:[^\W\d_]\.)+")


def normalise_space(text: str) -> str:
    r"""Write a text in Unicode's NFC with single spaces and nothing invisible.

    >>> normalise_space(" Two \n words\u00a0here ")
    'Two words here'
    """
    return " ".join(unicodedata.normalize("NFC", text).translate(_UNSEEN).split())


def normalise(text: str) -> str:
    r"""Return the form of a text that is hashed.

    The rule: Unicode NFC; soft hyphens and zero-width characters dropped; every run of white
    space (no-break spaces too) one space, none at the ends; typographic single quotes and primes
    become ', double ones ", every hyphen, dash and minus sign -. Nothing else changes: not
    capitals, not accents, not punctuation.

    >>> normalise("The envoy\u2019s \u201cnew\u201d plan \u2013 a\u00a0first")
    'The envoy\'s "new" plan - a first'
    """
    return normalise_space(text).translate(_PLAIN)


def blocks(text: str) -> list[str]:
    r"""Cut a text into its blocks: the lines that are not empty, folded.

    >>> blocks("A heading\n\nA paragraph. Its end.\n")
    ['A heading', 'A paragraph. Its end.']
    """
    return [block for block in map(normalise_space, text.splitlines()) if block]


def sentences(block: str) -> list[str]:
    r"""Cut a block into sentences, with the quotes and dashes that it has.

    A sentence ends with a full stop, question or exclamation mark or `…` and any closing quotes and
    brackets, when white space and a capital letter or a digit follow; in Chinese and Japanese with
    a wide stop such as `。`, whatever follows. A stop within 「…」, 『…』 or «…» ends nothing.
    Titles, months, initials and names such as U.S. do not end one, even where a human reader would
    say so.

    >>> sentences("Dr. A. B. Roe met then-U.S. Senator Poe on Nov. 3. \u201cWhy?\u201d It rained.")
    ['Dr. A. B. Roe met then-U.S. Senator Poe on Nov. 3.', '“Why?”', 'It rained.']
    >>> sentences("船が着いた。使節は「橋は古い。直すべきだ」と述べた。")
    ['船が着いた。', '使節は「橋は古い。直すべきだ」と述べた。']
    """
    text = normalise_space(block)
    quoted = [match.span() for match in _QUOTED.finditer(text)]
    stops = [stop.end() for stop in _STOP.finditer(text) if _ends(text, stop)]
    stops += [stop.end() for stop in _WIDE_STOP.finditer(text)]
    ends = [end for end in sorted(stops) if end < len(text) and not _within(end, quoted)]
    return [text[a:b].strip() for a, b in zip([0, *ends], [*ends, len(text)], strict=True) if text]


def _within(position: int, spans: list[tuple[int, int]]) -> bool:
    """Tell whether a position lies inside one of the spans, which are in order and apart."""
    number = bisect_left(spans, (position, 0))
    return number > 0 and position < spans[number - 1][1]


def _ends(text: str, stop: re.Match[str]) -> bool:
    following = stop.group(1)
    if not (following.isupper() or following.isdigit()):
        return False
    # No abbreviation ends in ?, ! or a quote.
    if stop.group().rstrip() != ".":
        return True
    # “then-U.S.” and “(Dr.” are abbreviations too.
    word = re.split(rf"[{_OPENING} -]", text[: stop.start() + 1])[-1]
    initials = word.isupper() and _INITIALS.fullmatch(word)
    return word not in _ABBREVIATIONS and not initials
