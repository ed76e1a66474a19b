import sqlite3
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad, Triple

from kg.index.statement_keys import statement_key
from kg.model.errors import NotFound
from kg.model.prefixes import THING, node
from kg.statements.citable.statement_by_key import StatementGone, statement_by_key
from kg.store.builds import Builds
from kg.store.store import Store
from tests.publishing import publish

HOSTED = Triple(
    NamedNode(THING + "zenda-meeting"), node("dip:host"), NamedNode(THING + "ruritania")
)
KEY = statement_key(*HOSTED)


def test_a_key_leads_back_to_its_triple(store: Store) -> None:
    assert statement_by_key(store, KEY) == HOSTED


def test_what_only_a_claim_says_has_a_key_too(store: Store) -> None:
    claimed = Triple(
        NamedNode(THING + "river-flood"),
        node("dip:responsibleParty"),
        NamedNode(THING + "sylvania"),
    )
    assert statement_by_key(store, statement_key(*claimed)) == claimed


@pytest.mark.parametrize(
    "text", ["", "japan", "0" * 15, "0" * 17, KEY.upper(), "g" * 16, "０" * 16]
)
def test_what_is_no_key_is_said_to_be_none(store: Store, text: str) -> None:
    with pytest.raises(NotFound, match="a key is 16 hexadecimal digits"):
        statement_by_key(store, text)


def test_a_key_of_no_build_is_not_found(store: Store) -> None:
    with pytest.raises(NotFound, match="in this build, nor in a former one"):
        statement_by_key(store, "0" * 16)


def test_a_statement_of_a_former_build_is_said_to_be_one(tmp_path: Path, tiny: list[Quad]) -> None:
    former = publish(tmp_path, tiny)
    publish(tmp_path, [quad for quad in tiny if quad.triple != HOSTED])
    with pytest.raises(StatementGone) as failure:
        statement_by_key(Builds(tmp_path).open(), KEY)
    gone = failure.value.former
    assert (gone.build, gone.subject) == (former.number, HOSTED.subject.value)  # type: ignore[union-attr]
    assert str(failure.value) == (
        f"there is no statement {KEY} in this build; the former build {former.number} has it: "
        "one about meeting at Zenda (host)"
    )


def test_a_former_build_without_keys_tells_nothing(tmp_path: Path, tiny: list[Quad]) -> None:
    former = publish(tmp_path, tiny)
    for path in (tmp_path / former.number).glob("index-*.sqlite"):
        path.chmod(0o644)
        with sqlite3.connect(path) as database:
            database.execute("DROP TABLE statement")
        database.close()
    publish(tmp_path, [quad for quad in tiny if quad.triple != HOSTED])
    with pytest.raises(NotFound, match="nor in a former one"):
        statement_by_key(Builds(tmp_path).open(), KEY)
