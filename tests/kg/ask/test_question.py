import pytest

from kg.ask.answer import Solution, describe_deeds
from kg.ask.deeds import check_deed, deed_groups
from kg.ask.names import field_text, find_named
from kg.ask.question import question_query
from kg.model.errors import NotFound
from kg.model.languages import in_language
from kg.model.prefixes import THING
from kg.statements.footnotes import Footnotes
from kg.store.store import Store
from kg.terms.literals import text


def solutions(store: Store, **fields: str) -> list[Solution]:
    if "since" in fields:
        fields["from"] = fields.pop("since")
    rows = store.select(question_query(fields))
    return [
        Solution(**{name: text(row[name]) for name in Solution._fields if name in row})
        for row in rows
    ]


def deeds(store: Store, **fields: str) -> set[str]:
    return {s.what.removeprefix(THING) for s in solutions(store, **fields) if not s.claim}


def test_each_field_narrows(corpus: Store) -> None:
    fields = {"whom": "vostria", "did": "Measure", "since": "2014-01-01", "about": "belport-attack"}
    whole = deeds(corpus, who="norland")
    assert whole
    for name, value in fields.items():
        assert deeds(corpus, who="norland", **{name: value}) <= whole


def test_a_deed_in_the_name_of_a_state_is_the_states(corpus: Store) -> None:
    assert deeds(corpus, who="erika-linde", did="Visit") & deeds(corpus, who="norland")


def test_days_bound_the_answer(corpus: Store) -> None:
    some = deeds(corpus, who="norland", since="2018-04-01", until="2018-04-30")
    assert some < deeds(corpus, who="norland")
    assert "strikes-on-sahran-2018" not in deeds(corpus, until="2018-03-31")
    assert "strikes-on-sahran-2018" in deeds(corpus, since="2018-04-13", until="2018-04-14")


def test_what_is_claimed_comes_with_the_claim_and_never_as_fact(corpus: Store) -> None:
    found = solutions(corpus, who="vostria", did="Attack")
    claimed = [s for s in found if s.what == THING + "belport-attack"]
    assert claimed
    assert all(s.claim for s in claimed)
    assert "belport-attack" not in deeds(corpus, who="vostria", did="Attack")


def test_what_only_a_claim_mentions_is_no_fact(corpus: Store) -> None:
    only = corpus.select(
        "SELECT ?thing { ?thing <https://w3id.org/aide-memoire/ontology#assertionStatus> "
        "<https://w3id.org/aide-memoire/ontology#claimedOnly> }"
    )
    everything = set().union(*(deeds(corpus, did=kind) for kind in ("Event", "Stance", "Claim")))
    assert only
    assert not {text(row["thing"]).removeprefix(THING) for row in only} & everything


def test_every_row_names_its_sentences_and_answers_its_questions(corpus: Store) -> None:
    footnotes = Footnotes(corpus)
    for row in describe_deeds(corpus, solutions(corpus, who="norland"), footnotes):
        assert row.sentences, row.item
        cited = {n for values in row.answers.values() for value in values for n in value.footnotes}
        assert cited <= set(row.sentences)


def test_a_claimed_row_shows_what_the_claim_says_by_the_sentences_about_it(corpus: Store) -> None:
    solution = next(s for s in solutions(corpus, who="vostria", did="Attack") if s.says)
    (row,) = describe_deeds(corpus, [solution], Footnotes(corpus))
    assert row.claim
    assert row.says
    assert "Vostria" in {one.value.text for one in row.answers["who"]}
    assert all(one.footnotes == row.kind.footnotes for one in row.answers["who"])


def test_the_deeds_offered_have_members_and_plain_words(corpus: Store) -> None:
    groups = deed_groups(corpus)
    assert [group.wide.name for group in groups][:1] == ["Event"]
    assert all(deed.count for group in groups for deed in (group.wide, *group.narrower))
    names = [deed.name for group in groups for deed in group.narrower]
    assert len(names) == len(set(names))
    with in_language("ja"):
        assert deed_groups(corpus)[0].words != groups[0].words


def test_a_class_that_is_no_deed_is_refused(corpus: Store) -> None:
    check_deed(corpus, "Expulsion")
    with pytest.raises(NotFound):
        check_deed(corpus, "State")


@pytest.mark.parametrize("name", ["norland", "Norland", "NORLAND", "ノルランド", "Норландия"])
def test_a_name_in_any_language_means_its_thing(corpus: Store, name: str) -> None:
    assert find_named(corpus, name, "who").slug == "norland"


def test_an_unclear_name_offers_choices(corpus: Store) -> None:
    unclear = find_named(corpus, "nor")
    assert not unclear.slug
    assert len(unclear.choices) > 1
    assert find_named(corpus, "qqqqqq").choices == ()


def test_the_doer_is_an_agent_where_one_has_the_name(corpus: Store) -> None:
    agents = find_named(corpus, "Linde", "who")
    assert agents.slug == "erika-linde" or len(agents.choices) < len(
        find_named(corpus, "Linde").choices
    )


def test_a_field_shows_the_label_that_leads_back_to_its_thing(corpus: Store) -> None:
    assert field_text(corpus, "norland", "who") == "Norland"
    for slug in ("norland", "belport-attack", "five-powers"):
        assert find_named(corpus, field_text(corpus, slug, "about"), "about").slug == slug
