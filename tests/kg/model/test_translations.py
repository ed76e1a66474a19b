from markupsafe import Markup

from kg.model.languages import in_language
from kg.model.translations import format_count, format_names, gettext, ngettext


def test_a_text_is_in_the_readers_language() -> None:
    assert gettext("Timeline") == "Timeline"
    with in_language("ja"):
        assert gettext("Timeline") == "年表"
    with in_language("ru"):
        assert gettext("Timeline") == "Хронология"


def test_a_text_that_is_not_translated_stays_english() -> None:
    with in_language("ja"):
        assert gettext("never %(verb)s", verb="seen") == "never seen"


def test_numbers_have_the_separators_of_the_language() -> None:
    assert format_count(12345) == "12,345"
    with in_language("ru"):
        assert format_count(12345) == "12\N{NO-BREAK SPACE}345"
        assert ngettext("%(num)s never", "%(num)s nevers", 1000) == "1\N{NO-BREAK SPACE}000 nevers"


def test_names_are_joined_as_the_language_joins_them() -> None:
    names = ["A", "B", "C"]
    assert [format_names(names[:count]) for count in range(4)] == ["", "A", "A and B", "A, B and C"]
    with in_language("ja"):
        assert format_names(names) == "A、B、C"
    with in_language("ru"):
        assert format_names(names) == "A, B и C"


def test_joined_names_are_escaped_unless_they_are_markup() -> None:
    assert format_names([Markup("<b>A</b>"), "<C>"]) == "<b>A</b> and &lt;C&gt;"
