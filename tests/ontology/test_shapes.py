"""Every shape of the ontology is shown a record that does not fit, and must say what is missing."""

import functools
import re
from collections import defaultdict

import pytest
from pyoxigraph import DefaultGraph, RdfFormat, parse

from kg.model.prefixes import BASE, ROOT, node, prefixes
from kg.pipeline.checks.shapes import violations
from kg.pipeline.load import load
from tests.publishing import with_inferred

SHAPES = ROOT / "ontology" / "shapes.ttl"
HEAD = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in prefixes().items())
# A record of each class without anything else, or with what contradicts its shape.
MISFITS = {
    "dip:Prospect": ("needs dip:wouldBe", "needs dip:prospectStatus"),
    "dip:Prospect ; dip:date '2020-01-01'^^xsd:date": ("write dip:expectedDate",),
    "dip:Prospect ; dip:location id:arne": ("write dip:expectedLocation",),
    "dip:Prospect ; dip:agent id:norland": ("write dip:expectedParticipant",),
    "dip:Prospect ; dip:expectedDate 'soon'": ("needs its expected date as xsd:date",),
    "dip:Prospect ; dip:expectedStartDate 'soon'": ("needs its expected start as xsd:date",),
    "dip:Prospect ; dip:expectedEndDate 'soon'": ("needs its expected end as xsd:date",),
    "dip:Membership": ("needs dip:member:", "needs dip:membershipIn"),
    "dip:Alliance ; dip:party id:norland": ("needs at least two of dip:party",),
    "dip:TerritorialControl": ("needs dip:controller", "needs dip:controlledTerritory"),
    "dip:Recognition": ("needs dip:recogniser", "needs dip:recognised"),
    "dip:RelationsSevered": ("needs dip:agent, or dip:party",),
    "dip:Vote": ("needs dip:votingBody", "needs dip:onProposal"),
    "dip:Vote ; dip:votesFor -1": ("has a number of votes below nought",),
    "dip:Ballot": ("needs dip:castIn", "needs dip:voter", "needs dip:choice"),
    "dip:AgentGroup ; dip:count -1": ("has a count below nought",),
    "dip:Aid ; dip:amount 5.0": ("needs one dip:unit", "needs dip:recipient"),
    "dip:Ratification": ("needs dip:onInstrument", "needs dip:agent: say who signed"),
    "dip:Designation": ("needs dip:agent or dip:imposedBy", "needs dip:designates"),
    "dip:Delisting": ("needs dip:agent: say which authority", "needs dip:delists"),
    "dip:Recall": ("needs dip:agent: say which state", "needs dip:recalled"),
    "dip:ClosureOfMission": ("needs dip:closedMission",),
    "dip:Incursion": ("needs dip:agent: say whose forces", "needs dip:location"),
    "dip:AirIncident": ("needs dip:party, dip:agent or dip:involvedCraft",),
    "dip:Arrest": ("needs dip:detainee",),
    "dip:Displacement": ("needs dip:origin",),
    "dip:Threat": ("needs dip:putsForward",),
    "dip:Denial": ("needs dip:denies",),
    "dip:Request ; dip:quotedWords 'one two three four five'": ("quotes too much",),
    "dip:Protest": ("needs dip:about or dip:inResponseTo",),
    "dip:ReliabilityRating": (
        "needs dip:rated:", "needs dip:ratedBy", "needs one dip:reliability", "needs dip:reason",
    ),
    "dip:EditorialDecision": (
        "needs dip:disagreementAbout", "needs one dip:disagreementOn", "needs dip:reason",
    ),
    "dip:Source ; dip:sourceKind dip:analysis , dip:newsReport": ("has two of dip:sourceKind",),
    "dip:Source ; dip:extent dip:complete , dip:partial": ("not both",),
}  # fmt: skip


@functools.cache
def messages() -> dict[str, list[str]]:
    """Return the messages about each record; the shapes run once over all of them."""
    ontology = [quad for quad in load().quads if quad.graph_name == node("graph:ontology")]
    records = "".join(f"id:r{number} a {text} .\n" for number, text in enumerate(MISFITS))
    said = parse(HEAD + records, format=RdfFormat.TURTLE, base_iri=BASE)
    quads = with_inferred([*ontology, *said])
    merged = [quad.triple for quad in quads if quad.graph_name == DefaultGraph()]
    found = defaultdict(list)
    for violation in violations(merged, SHAPES):
        found[violation.focus].append(violation.message)
    return found


@pytest.mark.parametrize("text", MISFITS)
def test_record_that_lacks_something_is_told_what(text: str) -> None:
    number = list(MISFITS).index(text)
    found = messages()[node(f"id:r{number}").value]
    assert [part for part in MISFITS[text] if not any(part in words for words in found)] == []


def test_messages_name_no_term_that_is_not_defined() -> None:
    defined = {
        quad.subject.value.split("#")[-1]
        for quad in load().quads
        if quad.graph_name == node("graph:ontology") and hasattr(quad.subject, "value")
    }
    said = re.findall(r'sh:message "([^"]*)"', SHAPES.read_text(encoding="utf-8"))
    named = {name for message in said for name in re.findall(r"\bdip:(\w+)", message)}
    assert named - defined == set()
