"""The report of a check of links: written, read back, and refused where it is damaged."""

from pathlib import Path

import pytest

from kg.model.errors import SourceError
from kg.model.source_texts import LINK_CHECK_FILE, SourceTexts
from kg.pipeline.inputs.checked_links import CheckedLink, format_link_report, parse_link_report
from kg.pipeline.load import load

SAME = "http://www.w3.org/2002/07/owl#sameAs"


def checked(name: str, verdict: str = "fine", reason: str = "") -> CheckedLink:
    return CheckedLink(
        "wikidata",
        f"https://w3id.org/aide-memoire/id/{name}",
        SAME,
        f"http://www.wikidata.org/entity/{name}",
        verdict=verdict,
        day="2026-11-28",
        reason=reason,
    )


LINKS = [checked("a"), checked("b", "dead", "there is\tno\nrecord"), checked("c", "unreachable")]
TEXT = format_link_report("2026-11-28", LINKS)


def test_a_report_is_read_as_it_was_written() -> None:
    report = parse_link_report(TEXT)
    assert report.day == "2026-11-28"
    assert [link.verdict for link in report.links] == ["dead", "unreachable", "fine"]
    assert report.links[0].reason == "there is no record"
    assert format_link_report(report.day, report.links) == TEXT


def test_equal_checks_are_equal_files_in_whatever_order_they_were_made() -> None:
    assert format_link_report("2026-11-28", reversed(LINKS)) == TEXT


def test_verdicts_without_links_are_counted_too() -> None:
    counts = parse_link_report(TEXT).counts
    assert counts == {"dead": 1, "moved": 0, "doubtful": 0, "unreachable": 1, "fine": 1}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("", "1:1: this is no report"),
        (TEXT.replace("# checked: 2026-11-28", "# checked: today"), "2:1: “today” is not a day"),
        (TEXT.replace("\tverdict", "\tword"), "3:1: its columns are not dataset subject"),
        (TEXT.replace("\tdead\t", "\tlost\t"), "4:1: “lost” is not one of dead, moved"),
        (TEXT.replace("\tunreachable\t", "\t"), "5:1: this row has 13 columns, the header 14"),
    ],
)
def test_what_is_no_report_is_refused_at_its_line(text: str, place: str) -> None:
    with pytest.raises(SourceError, match=f"{LINK_CHECK_FILE}:{place}"):
        parse_link_report(text)


def test_a_build_carries_the_report_and_reads_no_statement_from_it(tree: Path) -> None:
    before = load(tree).quads
    (tree / LINK_CHECK_FILE).write_text(TEXT, "utf-8")
    assert load(tree).quads == before
    assert SourceTexts.of_tree(tree).files[LINK_CHECK_FILE] == TEXT


def test_a_damaged_report_stops_a_build(tree: Path) -> None:
    (tree / LINK_CHECK_FILE).write_text("nothing\n", "utf-8")
    with pytest.raises(SourceError, match=r"kg/links/check.tsv:1:1: this is no report"):
        load(tree)
