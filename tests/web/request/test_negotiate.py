from time import thread_time

import pytest

from web.request.negotiate import PAGE_TYPES, RESULT_ALIASES, RESULT_TYPES, NothingOffered, choose

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.mark.parametrize(
    ("header", "media"),
    [
        ("", "text/html"),
        ("*/*", "text/html"),
        (BROWSER, "text/html"),
        ("text/turtle", "text/turtle"),
        ("text/turtle, */*;q=0.1", "text/turtle"),
        ("application/rdf+xml;q=0.9, text/turtle;q=0.8", "application/rdf+xml"),
        (
            'application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"',
            "application/ld+json",
        ),
        ("text/html;q=0, */*", "text/turtle"),
        ("application/*", "application/n-triples"),
    ],
)
def test_pages(header: str, media: str) -> None:
    assert choose(PAGE_TYPES, header) == media


def test_the_first_offer_answers_an_empty_header() -> None:
    assert choose(RESULT_TYPES, "") == "application/sparql-results+json"


def test_names_that_clients_also_use_give_the_formats_own() -> None:
    assert choose(RESULT_TYPES, "text/xml", also=RESULT_ALIASES) == "application/sparql-results+xml"


def test_a_format_asked_for_beats_the_header() -> None:
    assert choose(PAGE_TYPES, "text/html", format_name="nq") == "application/n-quads"


@pytest.mark.parametrize(
    ("asked", "media"), [("turtle", "text/turtle"), ("xml", "application/rdf+xml")]
)
def test_formats_go_by_the_names_that_clients_use(asked: str, media: str) -> None:
    assert choose(PAGE_TYPES, "", asked) == media


@pytest.mark.parametrize(("header", "asked"), [("image/png", ""), ("text/html", "pdf")])
def test_what_is_not_offered_is_refused_with_the_list(header: str, asked: str) -> None:
    with pytest.raises(NothingOffered, match="text/turtle"):
        choose(PAGE_TYPES, header, asked)


def test_what_is_not_offered_is_not_repeated_at_length() -> None:
    for header, asked in (("a/b," * 1000, ""), ("", "x" * 4000)):
        with pytest.raises(NothingOffered) as refused:
            choose(RESULT_TYPES, header, asked)
        assert len(str(refused.value)) < 500


def test_a_range_of_any_length_is_read_at_once() -> None:
    start = thread_time()
    with pytest.raises(NothingOffered):
        choose(PAGE_TYPES, "a/" + " " * 8000 + "b")
    assert thread_time() - start < 0.1
