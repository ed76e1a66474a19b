"""What sources state of one thing: values that agree, that are finer, that exclude each other."""

from collections.abc import Iterable, Sequence

import pytest
from pyoxigraph import Quad, RdfFormat, parse

from kg.model.named_graphs import DISAGREEMENTS, ONTOLOGY, with_default_graph
from kg.model.prefixes import CLAIM, SOURCE, prefixes
from kg.pipeline.compare import compare
from kg.pipeline.load import load
from kg.store.store import Store
from tests.publishing import graph_of

HEAD = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in prefixes().items())
HEAD += "".join(f"@prefix {name}: <{SOURCE}{name}/> .\n" for name in ("a", "b", "c"))
NAMES = HEAD.replace("@prefix", "PREFIX").replace("> .", ">")

# Three sources: a statement, a report of it three days later, and an analysis of the next year.
SOURCES = f"""
graph:sources {{
  <{SOURCE}a> a dip:Source ; dcterms:issued "2001-05-04"^^xsd:date ;
    dip:sourceKind dip:primaryStatement ; dcterms:publisher id:norland .
  <{SOURCE}b> a dip:Source ; dcterms:issued "2001-05-07"^^xsd:date ;
    dip:sourceKind dip:newsReport ; dcterms:publisher id:gazette .
  <{SOURCE}c> a dip:Source ; dcterms:issued "2002"^^xsd:gYear ;
    dip:sourceKind dip:analysis ; dcterms:publisher id:review .
}}
"""
HARBOUR = """
graph:entities { id:blockade rdfs:label "the blockade"@en . id:quay dip:partOf id:harbour . }
"""
DAY, OTHER_DAY = '"2001-05-03"^^xsd:date', '"2001-05-02"^^xsd:date'
MONTH, OTHER_MONTH = '"2001-05"^^xsd:gYearMonth', '"2001-04"^^xsd:gYearMonth'
HOUR = '"2001-05-03T06:00:00+02:00"^^xsd:dateTime'


@pytest.fixture(scope="module")
def ontology() -> list[Quad]:
    return [quad for quad in load().quads if quad.graph_name == ONTOLOGY]


def compared(ontology: Sequence[Quad], text: str) -> Store:
    facts = parse(HEAD + SOURCES + HARBOUR + text, format=RdfFormat.TRIG)
    graph = graph_of(with_default_graph([*ontology, *facts]))
    compare(graph)
    return graph.view()


def holds(store: Store, pattern: str) -> bool:
    return store.ask(f"{NAMES} ASK {{ {pattern} }}")


def served(store: Store, name: str) -> list[str]:
    """Return the values of a property of the blockade in the default graph."""
    rows = store.select(f"{NAMES} SELECT ?value {{ id:blockade dip:{name} ?value }}")
    return [str(row["value"]) for row in rows]


def stated(name: str, given: Iterable[tuple[str, str]]) -> str:
    """Write what sources state of the blockade."""
    return "".join(f"{s}:p1s1 {{ id:blockade dip:{name} {value} }}\n" for s, value in given)


def disagreements(store: Store) -> list[str]:
    """Return what the sources differ in, and the rule that decides."""
    query = """SELECT ?on ?rule {
        GRAPH graph:disagreements { ?one a dip:Disagreement ; dip:disagreementOn ?on ;
            dip:decidedBy ?rule } } ORDER BY ?on"""
    rows = store.select(NAMES + query)
    return [" ".join(str(term).strip("<>").split("#")[-1] for term in row.values()) for row in rows]


@pytest.mark.parametrize(
    ("name", "values", "serves"),
    [
        ("date", (DAY, DAY), DAY),
        ("date", (MONTH, DAY), DAY),
        ("date", ('"2001"^^xsd:gYear', MONTH, DAY), DAY),
        ("date", (DAY, HOUR), HOUR),
        ("date", ('"2001-05-02Z"^^xsd:date', '"2001-05-03+10:00"^^xsd:date'), None),
        ("location", ("id:harbour", "id:quay"), "id:quay"),
        ("count", ('"28"^^xsd:integer', '"028"^^xsd:integer'), None),
    ],
)  # fmt: skip
def test_finer_value_is_served_where_values_agree(
    ontology: list[Quad], name: str, values: tuple[str, ...], serves: str | None
) -> None:
    store = compared(ontology, stated(name, zip("abc", values, strict=False)))
    assert disagreements(store) == []
    assert not store.graph(DISAGREEMENTS)
    assert len(served(store, name)) == 1
    if serves:
        assert holds(store, f"id:blockade dip:{name} {serves}")


@pytest.mark.parametrize(
    ("name", "values", "serves", "rule"),
    [
        # The statement against the report and the analysis.
        ("date", (DAY, OTHER_DAY, OTHER_DAY), DAY, "primaryBeforeReport"),
        # The report was published within days, the analysis a year later.
        ("date", (None, DAY, OTHER_DAY), DAY, "nearerInTime"),
        # A month of the statement supports the day of a report.
        ("date", (MONTH, '"2001-04-30"^^xsd:date', DAY), DAY, "primaryBeforeReport"),
        ("location", ("id:quay", "id:fort"), "id:quay", "primaryBeforeReport"),
        ("count", (None, "28", "27"), "28", "earliestPublished"),
        ("instrumentStatus", ("dip:inForce", "dip:proposed"), "dip:proposed", "newerStatus"),
        ("assertionStatus", ("dip:occurred", None, "dip:alleged"), "dip:alleged", "newerStatus"),
    ],
)  # fmt: skip
def test_values_that_exclude_each_other_make_a_disagreement(
    ontology: list[Quad], name: str, values: tuple[str | None, ...], serves: str, rule: str
) -> None:
    given = [(s, v) for s, v in zip("abc", values, strict=False) if v]
    store = compared(ontology, stated(name, given))
    assert disagreements(store) == [f"{name} {rule}"]
    assert holds(store, f"id:blockade dip:{name} {serves}")
    assert len(served(store, name)) == 1
    for source, value in given:
        assert holds(store, f"GRAPH {source}:p1s1 {{ id:blockade dip:{name} {value} }}")
        shown = f"dip:statedIn {source}:p1s1 ; dip:served {str(value == serves).lower()}"
        assert holds(store, f"?node dip:hasStatedValue ?one . ?one rdf:value {value} ; {shown}")


def test_lower_bound_agrees_with_what_is_not_below_it(ontology: list[Quad]) -> None:
    bound = "a:p1s1 { id:blockade dip:countAtLeast 20 }"
    agreeing = compared(ontology, f"{bound} b:p1s1 {{ id:blockade dip:count 28 }}")
    assert (disagreements(agreeing), len(served(agreeing, "count"))) == ([], 1)
    assert len(served(agreeing, "countAtLeast")) == 1
    below = compared(ontology, f"{bound} b:p1s1 {{ id:blockade dip:count 15 }}")
    assert disagreements(below) == ["count primaryBeforeReport"]
    assert (served(below, "count"), len(served(below, "countAtLeast"))) == ([], 1)


def test_list_is_counted_and_compared_with_the_number_stated(ontology: list[Quad]) -> None:
    group = "id:fleet dip:hasMember id:norland , id:sudland , id:westland"
    listed = f"graph:sources {{ b:p1s1 dcterms:isPartOf <{SOURCE}b> }}"
    listed += f"b:p1s1 {{ {group} ; dip:enumeratedIn b:p1s1 }}"
    store = compared(ontology, f"{listed} a:p1s1 {{ id:fleet dip:count 4 }}")
    assert disagreements(store) == ["count statedBeforeCounted"]
    assert holds(store, "?one rdf:value 3 ; dip:statedWith dip:enumeratedIn ; dip:statedIn b:p1s1")
    assert disagreements(compared(ontology, f"{listed} a:p1s1 {{ id:fleet dip:count 3 }}")) == []


def test_part_of_an_agent_is_compared(ontology: list[Quad]) -> None:
    acted = "b:p1s1 { id:blockade dip:agent id:norland , id:sudland }"
    stayed_out = "a:p2s1 { id:abstention dip:abstainer id:norland ; dip:abstainedFrom id:blockade }"
    store = compared(ontology, f"{acted} {stayed_out}")
    assert disagreements(store) == ["participant primaryBeforeReport"]
    about = "id:disagreement-blockade-norland-participant dip:disagreementAbout"
    assert holds(store, f"{about} id:blockade , id:norland")
    rows = store.select(f"{NAMES} SELECT ?agent {{ id:blockade dip:agent ?agent }}")
    assert [str(row["agent"]).split("/")[-1] for row in rows] == ["sudland>"]
    assert holds(store, "GRAPH b:p1s1 { id:blockade dip:agent id:norland }")


def test_later_status_further_on_is_a_course_and_no_disagreement(ontology: list[Quad]) -> None:
    store = compared(
        ontology,
        """a:p1s1 { id:pact dip:instrumentStatus dip:proposed }
        b:p1s1 { id:pact dip:instrumentStatus dip:reached }
        c:p1s1 { id:pact dip:instrumentStatus dip:inForce }""",
    )
    assert disagreements(store) == []
    assert holds(store, "id:course-pact-instrumentStatus a dip:StatusCourse")
    assert holds(store, "id:pact dip:instrumentStatus dip:inForce")
    assert not holds(store, "id:pact dip:instrumentStatus dip:proposed")


def test_source_that_doubts_in_one_sentence_does_not_vouch_in_another(ontology: list[Quad]) -> None:
    alleged = "a:p1s1 { id:blockade dip:assertionStatus dip:alleged }"
    store = compared(
        ontology, f"{alleged} a:p2s1 {{ id:blockade dip:assertionStatus dip:occurred }}"
    )
    assert disagreements(store) == ["assertionStatus doubtBeforeFact"]
    assert holds(store, "id:blockade dip:assertionStatus dip:alleged")


def test_status_of_a_source_after_the_event_goes_before_a_newer_one_of_before(
    ontology: list[Quad],
) -> None:
    store = compared(
        ontology,
        """c:p1s1 { id:talks dip:date "2001-05-06"^^xsd:date }
        a:p1s1 { id:talks dip:assertionStatus dip:alleged }
        b:p1s1 { id:talks dip:assertionStatus dip:occurred }""",
    )
    assert holds(store, "id:talks dip:assertionStatus dip:occurred")


def test_background_gives_way_to_every_source(ontology: list[Quad]) -> None:
    store = compared(
        ontology,
        f"graph:entities {{ id:blockade dip:date {DAY} }}" + stated("date", [("c", OTHER_DAY)]),
    )
    assert disagreements(store) == ["date primaryBeforeReport"]
    assert holds(store, f"id:blockade dip:date {OTHER_DAY}")


def test_decision_of_the_editors_overrides(ontology: list[Quad]) -> None:
    decision = f"""graph:disagreements {{ id:decision-day a dip:EditorialDecision ;
        dip:disagreementAbout id:blockade ; dip:disagreementOn dip:date ; rdf:value {OTHER_DAY} ;
        dip:reason "The statement is dated by another calendar."@en }}"""
    dates = f"a:p1s1 {{ id:blockade dip:date {DAY} }} b:p1s1 {{ id:blockade dip:date {OTHER_DAY} }}"
    store = compared(ontology, f"{decision} {dates}")
    assert holds(store, f"id:blockade dip:date {OTHER_DAY}")
    assert holds(store, "?disagreement dip:decidedBy id:decision-day")


def test_publishers_of_one_report_count_as_one(ontology: list[Quad]) -> None:
    more = f"""graph:sources {{
      <{SOURCE}a> dip:sourceKind dip:newsReport .
      <{SOURCE}d> a dip:Source ; dcterms:issued "2002"^^xsd:gYear ; dcterms:publisher id:herald ;
        dip:sourceKind dip:analysis ; dip:basedOn id:gazette .
      <{SOURCE}e> a dip:Source ; dcterms:issued "2002"^^xsd:gYear ; dcterms:publisher id:echo ;
        dip:sourceKind dip:analysis ; dip:reprintOf <{SOURCE}d> .
    }}"""
    text = f"""{more} b:p1s1 {{ id:fleet dip:count 3 }} c:p1s1 {{ id:fleet dip:count 4 }}
      <{SOURCE}d/p1s1> {{ id:fleet dip:count 3 }} <{SOURCE}e/p1s1> {{ id:fleet dip:count 3 }}"""
    store = compared(ontology, text)
    # Three papers with one report behind them against a review: the earliest decides.
    assert disagreements(store) == ["count earliestPublished"]
    apart = compared(ontology, text.replace("dip:basedOn id:gazette", "rdfs:label 'd'"))
    assert disagreements(apart) == ["count morePublishers"]


def test_same_input_makes_the_same_bytes(ontology: list[Quad]) -> None:
    given = zip("abc", (DAY, OTHER_DAY, MONTH), strict=True)
    lines = [stated("date", [one]) for one in given]
    first, second = (compared(ontology, "\n".join(order)) for order in (lines, lines[::-1]))
    assert first.graph(DISAGREEMENTS) == second.graph(DISAGREEMENTS) != []
    assert sorted(map(str, first.quads())) == sorted(map(str, second.quads()))


def test_claim_is_no_reading(ontology: list[Quad]) -> None:
    content = f"<{CLAIM}c/content> {{ id:blockade dip:date {OTHER_DAY} }}"
    store = compared(ontology, f"a:p1s1 {{ id:blockade dip:date {DAY} }} {content}")
    assert disagreements(store) == []
