"""Of several records with one name, the right one is proposed, or none."""

from collections.abc import Callable
from pathlib import Path

from click.testing import Result

from kg.linking.recorded_links import recorded_links
from kg.model.prefixes import THING
from tests.kg.linking.servers import WIKIDATA, MadeDataset

Kg = Callable[..., Result]

# The painter of that name died in 1901; of Anna Sato there are a singer, who died in 1977, and a
# swimmer, of whom nothing tells that she was at the talks.
RIGHT = {
    "georgia": "Q230",
    "crimea": "Q7835",
    "japan": "Q17",
    "ivan-petrov": "Q900010",
    "tbilisi": "Q994",
    "batumi": "Q25475",
    "tokyo": "Q1490",
    "sapporo": "Q37951",
    "talks-in-batumi": "Q900020",
}


def proposals(root: Path) -> dict[str, str]:
    table = root / ".links" / "wikidata.sssom.tsv"
    linked = recorded_links(table, table.name).linked
    return {
        thing.removeprefix(THING): record.removeprefix(WIKIDATA)
        for thing, records in linked.items()
        for record in records
    }


def test_an_endpoint_gives_the_right_record_of_each_thing(
    kg: Kg, root: Path, wikidata: MadeDataset
) -> None:
    result = kg("link", "wikidata", "--endpoint", wikidata.endpoint)
    assert result.exit_code == 0, result.output
    wrong = {slug: one for slug, one in proposals(root).items() if RIGHT.get(slug) != one}
    assert wrong == {}
    assert proposals(root) == RIGHT, result.output


def test_a_service_gives_no_wrong_record(kg: Kg, root: Path, wikidata: MadeDataset) -> None:
    result = kg("link", "wikidata", "--service", wikidata.service)
    assert result.exit_code == 0, result.output
    wrong = {slug: one for slug, one in proposals(root).items() if RIGHT.get(slug) != one}
    assert wrong == {}
    # A service has one language, and knows nothing of who was at the talks.
    assert proposals(root).keys() >= RIGHT.keys() - {"ivan-petrov", "japan"}, result.output


def test_both_what_is_proposed_and_what_is_undecided_is_explained(
    kg: Kg, root: Path, wikidata: MadeDataset
) -> None:
    lines = kg("link", "wikidata", "--endpoint", wikidata.endpoint).stdout.splitlines()
    georgia = lines.index("Georgia (id:georgia, state) proposed")
    assert "wd:Q230 Georgia – country in the South Caucasus" in lines[georgia + 1]
    assert "name_exact 1.00 · kind 1.00 · place 0.9" in lines[georgia + 2]
    reason = "no date, place or neighbour says so too"
    assert f"Anna Sato (id:anna-sato, person) undecided: {reason}" in lines
    table = (root / ".links" / "wikidata.sssom.tsv").read_text(encoding="utf-8")
    assert "Features: name_exact 1.00 · kind 1.00 · place 0.9" in table
    assert "anna-sato" not in table


def test_what_is_linked_absent_or_rejected_is_not_proposed(
    kg: Kg, root: Path, wikidata: MadeDataset
) -> None:
    kg("link", "wikidata", "--endpoint", wikidata.endpoint)
    proposed = (root / ".links" / "wikidata.sssom.tsv").read_text(encoding="utf-8").splitlines()
    head = next(n for n, line in enumerate(proposed) if line.startswith("subject_id"))
    rows = {line.split("\t")[0]: line for line in proposed[head + 1 :]}
    columns = proposed[head].split("\t")
    absent = rows["id:japan"].split("\t")
    for name, text in {
        "predicate_id": "skos:exactMatch",
        "object_id": "sssom:NoTermFound",
        "comment": "nothing there",
    }.items():
        absent[columns.index(name)] = text
    rejected = rows["id:ivan-petrov"].split("\t")
    rejected[columns.index("predicate_modifier")] = "Not"
    table = [*proposed[: head + 1], rows["id:georgia"], "\t".join(absent), "\t".join(rejected)]
    links = root / "kg" / "links" / "wikidata.sssom.tsv"
    links.write_text("\n".join(table) + "\n", encoding="utf-8")

    asked = len(wikidata.requests)
    result = kg("link", "wikidata", "--endpoint", wikidata.endpoint, "--again")
    assert result.exit_code == 0, result.output
    assert proposals(root).keys() == RIGHT.keys() - {"georgia", "japan", "ivan-petrov"}
    assert len(wikidata.requests) > asked
    assert not any("Japan" in one for one in wikidata.requests[asked:])
    # The painter is left, and did not live at the time.
    assert "Ivan Petrov (id:ivan-petrov, person) proposed" not in result.output
