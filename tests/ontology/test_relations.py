"""What holds for a time gives the bare property while it holds; votes decide the fate of drafts."""

import pytest
from pyoxigraph import RdfFormat, parse

from kg.inference.derive import derive
from kg.model.prefixes import node, prefixes
from tests.publishing import graph_of

HEAD = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in prefixes().items())
HOLDS = {
    "memberOf": "dip:Membership ; dip:member id:norland ; dip:membershipIn id:council",
    "allyOf": "dip:Alliance ; dip:party id:norland , id:council",
    "recognises": "dip:Recognition ; dip:recogniser id:norland ; dip:recognised id:council",
    "hasRelationsWith": "dip:DiplomaticRelations ; dip:party id:norland , id:council",
    "administeredBy": (
        "dip:TerritorialControl ; dip:controlledTerritory id:norland ; dip:controller id:council"
    ),
}
LISTED = """
    id:listing a dip:Designation ; dip:designates id:norland ; dip:onList id:council ;
        dip:earliest '2021-03-01'^^xsd:date ; dip:latest '2021-03-01'^^xsd:date .
    id:removal a dip:Delisting ; dip:onList id:council ;
"""


VOTED = """
    id:draft a dip:Instrument .
    id:vote dip:onProposal id:draft ; dip:result dip:rejected .
"""


def statuses(text: str) -> set[str]:
    """Return the statuses that the rules give the draft."""
    quads = derive(graph_of(parse(HEAD + text, format=RdfFormat.TURTLE)))
    status = (node("id:draft"), node("dip:instrumentStatus"))
    return {str(q.object).split("#")[1][:-1] for q in quads if (q.subject, q.predicate) == status}


def bare(text: str) -> set[str]:
    """Return the properties that the rules state of Norland and the council."""
    quads = derive(graph_of(parse(HEAD + text, format=RdfFormat.TURTLE)))
    ends = (node("id:norland"), node("id:council"))
    return {q.predicate.value.split("#")[1] for q in quads if (q.subject, q.object) == ends}


@pytest.mark.parametrize("name", HOLDS)
def test_relation_without_an_end_gives_the_bare_property(name: str) -> None:
    assert bare(f"id:r a {HOLDS[name]} ; dip:startDate '1990'^^xsd:gYear .") == {name}


@pytest.mark.parametrize("name", HOLDS)
@pytest.mark.parametrize("end", ["dip:endDate '1999'^^xsd:gYear", "dip:endedBy id:break"])
def test_relation_that_ended_gives_none(name: str, end: str) -> None:
    assert bare(f"id:r a {HOLDS[name]} ; {end} .") == set()


def test_agent_stands_on_a_list_until_it_is_delisted() -> None:
    another = "dip:delists id:sudland ; dip:latest '2022-01-01'^^xsd:date ."
    same = "dip:delists id:norland ; dip:latest '2022-01-01'^^xsd:date ."
    assert bare(LISTED + another) == {"listedOn"}
    assert bare(LISTED + same) == set()


def test_agent_listed_again_after_a_delisting_stands_on_the_list() -> None:
    earlier = "dip:delists id:norland ; dip:latest '2020-01-01'^^xsd:date ."
    assert bare(LISTED + earlier) == {"listedOn"}


def test_a_listing_or_a_delisting_without_a_day_leaves_nobody_on_the_list() -> None:
    undated = "dip:delists id:norland ."
    assert bare(LISTED + undated) == set()
    without_days = LISTED.replace("dip:earliest", "dip:reportedOn").replace("dip:latest", "dip:x")
    assert bare(without_days + "dip:delists id:sudland .") == {"listedOn"}
    assert bare(without_days + "dip:delists id:norland ; dip:latest '2020-01-01'^^xsd:date .") == (
        set()
    )


def test_draft_has_the_status_that_its_vote_gave_it() -> None:
    assert statuses(VOTED) == {"rejected"}
    assert statuses(VOTED + "id:draft dip:instrumentStatus dip:withdrawn .") == set()


def test_votes_that_ended_differently_give_a_draft_no_status() -> None:
    second = "id:second-vote dip:onProposal id:draft ; dip:result dip:adopted ."
    assert statuses(VOTED + second) == set()


def test_what_entered_into_force_is_in_force() -> None:
    entry = "id:entry a dip:EntryIntoForce ; dip:onInstrument id:draft ."
    assert statuses(entry) == {"inForce"}
    assert statuses(VOTED.replace("rejected", "adopted") + entry) == {"inForce"}
    assert statuses(entry + "id:draft dip:instrumentStatus dip:terminated .") == set()
