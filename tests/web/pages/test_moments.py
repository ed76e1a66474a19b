from kg.store.store import Store
from kg.things.entity import read_entity
from web.pages.moments import moments


def test_what_has_no_date_and_what_did_not_happen_stand_in_groups_of_their_own(
    corpus: Store,
) -> None:
    rows = [row for one in read_entity(corpus, "amber-islands").panels for row in one.rows]
    groups = moments(sorted(rows, key=lambda row: row.not_occurred))
    happened, apart = groups
    assert happened.heading == ""
    assert all(row.day for row in happened.dated)
    assert not any(row.day for row in happened.undated)
    assert apart.heading == "Demanded, hoped for or proposed"
    assert len(apart.dated) + len(apart.undated) > 2
