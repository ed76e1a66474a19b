import pytest
from flask import Flask, render_template_string

from kg.model.languages import in_language


def render(app: Flask, template: str, **values: object) -> str:
    with app.app_context():
        return render_template_string(template, **values)


def test_templates_show_texts_in_the_readers_language(app: Flask) -> None:
    with in_language("ru"):
        assert render(app, '{{ _("Timeline") }}') == "Хронология"
        assert render(app, "{% trans %}Timeline{% endtrans %}") == "Хронология"


def test_values_are_escaped_and_the_text_is_not(app: Flask) -> None:
    assert render(app, '{{ _("<b>%(x)s</b> 5%%", x=x) }}', x="<i>") == "<b>&lt;i&gt;</b> 5%"
    assert render(app, "{% trans x %}<b>{{ x }}</b> 5%{% endtrans %}", x="&") == "<b>&amp;</b> 5%"


@pytest.mark.parametrize(("n", "text"), [(1, "1 day"), (1200, "1,200 days")])
def test_a_number_chooses_the_text_and_is_written_with_separators(
    app: Flask, n: int, text: str
) -> None:
    block = "{% trans n %}{{ n }} day{% pluralize %}{{ n }} days{% endtrans %}"
    call = '{{ ngettext("%(num)s day", "%(num)s days", n) }}'
    assert render(app, block, n=n) == render(app, call, n=n) == text
