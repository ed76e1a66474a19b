"""Proposals are accepted and rejected by single keys, recorded at once, and do not come back."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from pyoxigraph import Literal, NamedNode, Quad

from kg.linking.recorded_links import recorded_links
from kg.model.prefixes import THING
from tests.kg.linking.servers import WIKIDATA, MadeDataset

Kg = Callable[..., Result]
SLUGS = ("crimea", "georgia", "ivan-petrov", "japan", "talks-in-batumi")
IVAN, GEORGIA, CRIMEA = f"{THING}ivan-petrov", f"{THING}georgia", f"{THING}crimea"


@pytest.fixture
def table(root: Path, kg: Kg, wikidata: MadeDataset) -> Path:
    """Return the table of a tree with proposals for Crimea, Georgia, Ivan, Japan, the talks."""
    things = [f"--thing={slug}" for slug in SLUGS]
    result = kg("link", "wikidata", "--endpoint", wikidata.endpoint, *things)
    assert "proposed 5" in result.output
    return root / "kg" / "links" / "wikidata.sssom.tsv"


def review(kg: Kg, keys: str) -> str:
    result = kg("link", "--review", "wikidata", "--as", "Ada Lovelace", keys=keys)
    assert result.exit_code == 0, result.output
    return result.output


def test_each_proposal_is_shown_with_the_facts_of_both_sides(kg: Kg, table: Path) -> None:
    output = review(kg, "q")
    first = output[: output.index("a c r s o u q ?")]
    assert "5 left · score 1.00" in first
    assert "Aide-Mémoire" in first
    for ours, theirs in (("45.300, 34.400", "45.300, 34.400"), ("peninsula", "peninsula in the")):
        assert any(line.count(ours) + line.count(theirs) >= 2 for line in first.splitlines())
    assert "id:crimea" in first
    assert "https://www.wikidata.org/wiki/Q7835" in first
    assert "features      name_exact 1.00" in first
    assert output.endswith("5 left to review\n")
    assert not table.exists()


def test_what_another_dataset_says_cannot_draw_over_the_terminal(
    kg: Kg, root: Path, wikidata: MadeDataset
) -> None:
    crimea = NamedNode(f"{WIKIDATA}Q7835")
    described = NamedNode("http://schema.org/description")
    for quad in wikidata.graph.quads_for_pattern(crimea, described, None):
        wikidata.graph.remove(quad)
    text = Literal("a\x9b2Jpeninsula\u202e\x07", language="en")
    wikidata.graph.add(Quad(crimea, described, text))
    ask = ("link", "wikidata", "--endpoint", wikidata.endpoint)
    proposed = kg(*ask, "--thing", "crimea").output
    shown = review(kg, "q")
    assert {c for c in proposed + shown if c in text.value and not c.isprintable()} == set()
    assert "a\ufffd2Jpeninsula\ufffd\ufffd" in proposed
    assert "a\ufffd2Jpeninsula" in shown


def test_keys_accept_reject_and_leave_proposals(kg: Kg, table: Path) -> None:
    output = review(kg, "c a rwrong man\n s q")
    assert output.endswith("1 left to review\n")
    recorded = recorded_links(table, table.name)
    assert recorded.linked == {
        CRIMEA: {f"{WIKIDATA}Q7835"},
        GEORGIA: {f"{WIKIDATA}Q230"},
    }
    assert recorded.rejected == {(IVAN, f"{WIKIDATA}Q900010")}
    lines = table.read_text(encoding="utf-8").splitlines()
    columns = next(line for line in lines if line.startswith("subject_id")).split("\t")
    rows = [dict(zip(columns, line.split("\t"), strict=True)) for line in lines[-3:]]
    assert [row["predicate_id"] for row in rows] == ["skos:closeMatch", "owl:sameAs", "owl:sameAs"]
    assert {row["reviewer_label"] for row in rows} == {"Ada Lovelace"}
    assert rows[2]["comment"].startswith("Rejected: wrong man. Features: ")


def test_what_was_rejected_is_proposed_neither_by_a_review_nor_by_another_run(
    kg: Kg, root: Path, table: Path, wikidata: MadeDataset
) -> None:
    review(kg, "s s r\n q")
    assert "id:ivan-petrov" not in review(kg, "s s s s q")
    kg("link", "wikidata", "--endpoint", wikidata.endpoint, "--again")
    proposals = root / ".links" / "wikidata.sssom.tsv"
    assert "ivan-petrov" not in proposals.read_text(encoding="utf-8")


def test_the_last_decisions_can_be_undone(kg: Kg, root: Path, table: Path) -> None:
    proposals = root / ".links" / "wikidata.sssom.tsv"
    before = proposals.read_text(encoding="utf-8")
    output = review(kg, "a r\n u u u q")
    assert "there is nothing to undo" in output
    assert output.endswith("5 left to review\n")
    assert sorted(proposals.read_text(encoding="utf-8").splitlines()) == sorted(before.splitlines())
    assert recorded_links(table, table.name).linked == {}
    assert recorded_links(table, table.name).rejected == frozenset()


def test_what_was_decided_stays_when_the_review_ends_at_once(kg: Kg, table: Path) -> None:
    review(kg, "a")
    assert recorded_links(table, table.name).linked.keys() == {CRIMEA}
    assert review(kg, "a a a a").endswith("there is nothing left to review\n")


def test_rows_are_added_in_the_order_of_subjects_and_others_stay(kg: Kg, table: Path) -> None:
    review(kg, "s s s a q")
    before = table.read_text(encoding="utf-8").splitlines()
    review(kg, "a q")
    after = table.read_text(encoding="utf-8").splitlines()
    assert [line.partition("\t")[0] for line in after[-2:]] == ["id:crimea", "id:japan"]
    assert [*after[:-2], after[-1]] == before


def test_an_unknown_key_explains_the_keys(kg: Kg, table: Path) -> None:
    assert "r  reject: it is not this" in review(kg, "?q")


def test_a_table_of_proposals_that_is_broken_is_named_with_its_line(
    kg: Kg, root: Path, table: Path
) -> None:
    proposals = root / ".links" / "wikidata.sssom.tsv"
    lines = proposals.read_text(encoding="utf-8").splitlines()
    lines[-2] = lines[-2].replace("owl:sameAs", "owl:same")
    proposals.write_text("\n".join(lines) + "\n", encoding="utf-8")
    result = kg("link", "--review", "wikidata", "--as", "Ada Lovelace")
    assert result.exit_code == 1
    assert f"{proposals}:{len(lines) - 1}:" in result.stderr
    assert "owl:same is not a way to link" in result.stderr


def test_who_reviews_must_be_said(kg: Kg, table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    result = kg("link", "--review", "wikidata")
    assert result.exit_code == 1
    assert result.stderr == "say who reviews: --as with a name or an ORCID\n"


def test_a_review_without_proposals_says_how_to_get_some(kg: Kg) -> None:
    result = kg("link", "--review", "geonames", "--as", "Ada")
    assert result.exit_code == 1
    assert result.stderr == "nothing was proposed; first: kg link geonames\n"
