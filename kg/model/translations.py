"""The texts of the interface in the reader's language, by the catalogues in `kg/translations`.

A text is written in English where it is used, as a complete sentence or label with named
placeholders; `make translations` lists it in each catalogue (https://babel.pocoo.org/).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from kg.model.languages import DEFAULT, current_language
from kg.model.prefixes import ROOT

TRANSLATIONS = ROOT / "kg" / "translations"
# Where languages write numbers and lists otherwise than in the country of most speakers.
_LOCALES = {"en": "en_GB"}


def gettext(text: str, **values: object) -> str:
    """Return a text in the reader's language, with values in place of its placeholders.

    >>> gettext("from %(start)s", start="May 2018")
    'from May 2018'
    """
    translated = translations().gettext(text)
    return translated % values if values else translated


def ngettext(one: str, many: str, n: int, **values: object) -> str:
    """Return the text that goes with a number, as `gettext`; the number is a value called `num`.

    >>> ngettext("%(num)s day", "%(num)s days", 1200)
    '1,200 days'
    """
    translated = translations().ngettext(one, many, n)
    return translated % {"num": format_count(n), **values}


def pgettext(context: str, text: str, **values: object) -> str:
    """Return a text as `gettext`, where English has one word for what others have several for."""
    translated = translations().pgettext(context, text)
    return translated % values if values else translated


def gettext_noop(text: str) -> str:
    """List a text in the catalogues, to be translated by `gettext` where it is shown."""
    return text


def format_count(count: int) -> str:
    """Write a number with the separators of the reader's language.

    >>> format_count(1234567)
    '1,234,567'
    """
    return f"{count:,}".replace(",", number_symbol("group"))


def format_decimals(value: float) -> str:
    """Write a number with two decimals.

    >>> format_decimals(35.5)
    '35.50'
    """
    return f"{value:.2f}".replace(".", number_symbol("decimal"))


def number_symbol(name: str) -> str:
    """Return what CLDR calls "decimal" or "group", in the reader's language.

    >>> number_symbol("decimal")
    '.'
    """
    return str(reader_locale().number_symbols["latn"][name])


def format_names(names: Sequence[str], style: str = "standard") -> str:
    """Join names by commas and a last "and", as the reader's language does; Markup stays Markup.

    The style is one of CLDR's: "or" joins by a last "or".

    >>> format_names(["Japan", "Russia", "China"]), format_names(["Japan", "Russia"], "or")
    ('Japan, Russia and China', 'Japan or Russia')
    """
    # Not str.join: Markup would become text, and be escaped again.
    text = names[0] if names else ""
    for separator, name in zip(name_separators(len(names), style), names[1:], strict=True):
        text = text + separator + name
    return text


def name_separators(count: int, style: str = "standard") -> list[str]:
    """Return what stands between so many names, as `format_names` joins them.

    >>> name_separators(3)
    [', ', ' and ']
    """
    separators = _separators(current_language(), style)
    kinds = ["start", *["middle"] * (count - 3), "end"] if count > 2 else ["2"] * (count - 1)
    return [separators[kind] for kind in kinds]


def reader_locale() -> Locale:
    """Return what CLDR has on the reader's language."""
    return _locale(current_language())


def catalogue(tag: str) -> Catalog:
    """Return the catalogue of a language, with comments and the files that use each text."""
    with (TRANSLATIONS / f"{tag}.po").open("rb") as file:
        return read_po(file, locale=tag, abort_invalid=True)


def translations() -> NullTranslations:
    """Return the translations into the reader's language."""
    return _translations(current_language())


@cache
def _translations(tag: str) -> NullTranslations:
    if tag == DEFAULT:
        return NullTranslations()
    body = BytesIO()
    write_mo(body, catalogue(tag))
    body.seek(0)
    return GNUTranslations(body)


@cache
def _separators(tag: str, style: str) -> dict[str, str]:
    """Return what CLDR has between two names of a list, by where they stand in it."""
    patterns = _locale(tag).list_patterns[style]
    return {
        kind: pattern.removeprefix("{0}").removesuffix("{1}") for kind, pattern in patterns.items()
    }


@cache
def _locale(tag: str) -> Locale:
    return Locale.parse(_LOCALES.get(tag, tag))
