"""Other ways to write names, made by seeded rules that know nothing of the matcher's tables.

Each rule takes a name and returns how a person might have written it, or nothing.
"""

import random
import re
import unicodedata
from collections.abc import Callable

Rule = Callable[[str, random.Random], str]

# ISO 9:1995, one letter each; GOST 7.79 B; as German and French newspapers write; in this order.
_SCHEMES = {
    "а": "a a a a", "б": "b b b b", "в": "v v w v", "г": "g g g g", "д": "d d d d", "е": "e e e e",
    "ё": "ë yo jo io", "ж": "ž zh sch j", "з": "z z s z", "и": "i i i i", "й": "j j j i",
    "к": "k k k k", "л": "l l l l", "м": "m m m m", "н": "n n n n", "о": "o o o o", "п": "p p p p",
    "р": "r r r r", "с": "s s s s", "т": "t t t t", "у": "u u u ou", "ф": "f f f f",
    "х": "h kh ch kh", "ц": "c ts z ts", "ч": "č ch tsch tch", "ш": "š sh sch ch",
    "щ": "ŝ shch schtsch chtch", "ъ": "ʺ - - -", "ы": "y y y y", "ь": "ʹ ' - -", "э": "è e e e",
    "ю": "û yu ju iou", "я": "â ya ja ia",
}  # fmt: skip
_TITLES = ("President", "Mr", "Prime Minister", "Minister", "Dr", "PM", "Ms", "Ambassador")


def _place(name: str, rng: random.Random, least: int = 5) -> int | None:
    """Return where to make a slip: inside a word of some letters, not at its first."""
    places = [
        at
        for word in re.finditer(r"[^\W\d_]+", name)
        if len(word[0]) >= least
        for at in range(word.start() + 1, word.end() - 1)
    ]
    return rng.choice(places) if places else None


def swapped(name: str, rng: random.Random) -> str:
    at = _place(name, rng)
    if at is None or name[at] == name[at + 1]:
        return ""
    return name[:at] + name[at + 1] + name[at] + name[at + 2 :]


def dropped(name: str, rng: random.Random) -> str:
    at = _place(name, rng)
    return name[:at] + name[at + 1 :] if at is not None else ""


def doubled(name: str, rng: random.Random) -> str:
    at = _place(name, rng)
    return name[:at] + name[at] + name[at:] if at is not None else ""


def replaced(name: str, rng: random.Random) -> str:
    at = _place(name, rng)
    letters = "абвгдеиклмнопрст" if re.search("[а-я]", name) else "abcdefghiklmnoprstu"
    return name[:at] + rng.choice(letters) + name[at + 1 :] if at is not None else ""


def loud(name: str, rng: random.Random) -> str:
    return name.upper() if name.isascii() and name.upper() != name else ""


def bare(name: str, rng: random.Random) -> str:
    """Leave out accents and punctuation."""
    decomposed = unicodedata.normalize("NFD", name)
    plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    plain = re.sub(r"[^\w ]", " ", plain)
    return plain if plain != name and not re.search("[\u3040-\u30ff]", name) else ""


def transliterated(name: str, rng: random.Random) -> str:
    if not re.search("[а-я]", name):
        return ""
    scheme = rng.randrange(4)
    letters = (_SCHEMES.get(c.lower(), " ".join([c] * 4)).split(" ") for c in name)
    texts = [(row[scheme] if len(row) == 4 else " ").replace("-", "") for row in letters]
    return "".join(
        text.capitalize() if c.isupper() else text for text, c in zip(texts, name, strict=True)
    )


def last_name_first(name: str, rng: random.Random) -> str:
    words = name.split()
    return f"{words[-1]}, {' '.join(words[:-1])}" if 2 <= len(words) <= 3 else ""


def reversed_words(name: str, rng: random.Random) -> str:
    words = name.split()
    return " ".join(words[::-1]) if len(words) == 2 else ""


def surname(name: str, rng: random.Random) -> str:
    return name.rsplit(maxsplit=1)[-1] if len(name.split()) > 1 else ""


def initialled(name: str, rng: random.Random) -> str:
    words = name.split()
    return f"{words[0][0]}. {words[-1]}" if len(words) > 1 else ""


def titled(name: str, rng: random.Random) -> str:
    last = name.rsplit(maxsplit=1)[-1]
    return f"{rng.choice(_TITLES)} {last}" if name.isascii() and " " in name else ""


def long_vowel(name: str, rng: random.Random) -> str:
    """Write a final o or u of a Japanese name as Hepburn, wāpuro or passports do."""
    at = [m.start() for m in re.finditer(r"[ou]\b", name)]
    if not at or not name.isascii():
        return ""
    end = rng.choice(at)
    long = rng.choice({"o": ["ō", "ou", "oh", "ô"], "u": ["ū", "uu", "û"]}[name[end]])
    return name[:end] + long + name[end + 1 :]


def with_article(name: str, rng: random.Random) -> str:
    return f"The {name}" if name.isascii() else ""


def official(name: str, rng: random.Random) -> str:
    return f"{rng.choice(['Republic of', 'Kingdom of'])} {name}" if name.isascii() else ""


def acronym(name: str, rng: random.Random) -> str:
    words = [word for word in re.findall(r"\w+", name) if word[0].isupper()]
    return "".join(word[0] for word in words) if len(words) >= 3 else ""


def bracketed(name: str, rng: random.Random) -> str:
    return f"{name} ({rng.choice(['person', 'place', 'country', '2018'])})"


TYPOS: tuple[Rule, ...] = (swapped, dropped, doubled, replaced)
FOR_ALL: tuple[Rule, ...] = (*TYPOS, loud, bare, transliterated)
FOR_PERSONS: tuple[Rule, ...] = (
    *(last_name_first, reversed_words, surname, initialled, titled, bracketed),
)
FOR_JAPANESE: tuple[Rule, ...] = (long_vowel,)
FOR_STATES: tuple[Rule, ...] = (official, bracketed)
FOR_BODIES: tuple[Rule, ...] = (acronym, with_article)
