"""Translation in templates: `_()` and `{% trans %}`, with values escaped as everywhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from flask import Flask
from jinja2 import Environment
from markupsafe import Markup, escape

from kg.model.languages import DEFAULT, current_language
from kg.model.translations import (
    format_count,
    format_names,
    gettext,
    pgettext,
    translations,
)
from web.texts.coordinates import format_coordinates

EXTENSION = "jinja2.ext.i18n"


def translate_templates(app: Flask) -> None:
    """Give the templates of an application, which has the extension, the catalogues."""
    environment: Environment = app.jinja_env
    # Blocks are one line in the catalogues, however they are broken in the template.
    environment.policies["ext.i18n.trimmed"] = True
    # Values are filled in by the functions below, which know what is markup.
    environment.newstyle_gettext = True  # type: ignore[attr-defined]
    environment.globals.update(
        _=_text, gettext=_text, ngettext=_counted, pgettext=_in_context, english=_english
    )
    environment.filters.update(number=format_count, names=_names, coordinates=format_coordinates)
    environment.filters.update(english=_in_english, translated=_text)


def _text(text: str, /, **values: object) -> Markup:
    """Translate a text that may have markup of its own; "%" in it is written twice."""
    return Markup(gettext(text)) % values  # noqa: S704 - the catalogues are ours


def _counted(one: str, many: str, num: int, /, **values: object) -> Markup:
    # A block passes the number under the name that it has there, too.
    values = {name: format_count(num) if value is num else value for name, value in values.items()}
    text = Markup(translations().ngettext(one, many, num))  # noqa: S704 - as above
    return text % {"num": format_count(num), **values}


def _in_context(context: str, text: str, /, **values: object) -> Markup:
    return Markup(pgettext(context, text)) % values  # noqa: S704 - as above


def _english() -> Markup:
    """Return the attribute of an element whose text is English in every language.

    Definitions, reasons and technical details are not translated (WCAG 2.2, 3.1.2).
    """
    return Markup("" if current_language() == DEFAULT else f' lang="{DEFAULT}"')  # noqa: S704


def _in_english(text: str) -> Markup:
    """Mark a text that is English in every language, where the page is in another."""
    attribute = _english()
    return Markup("<span{}>{}</span>").format(attribute, text) if attribute else escape(text)


def _names(items: Sequence[object], shown: Callable[[object], str] = str) -> str:
    """Join items by commas and "and", each as a macro shows it."""
    return format_names([shown(item) for item in items])
