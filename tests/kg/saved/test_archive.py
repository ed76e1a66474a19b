from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli.commands import kg_command
from kg.model.errors import NotFound
from kg.saved.answer_tables import LARGEST_ANSWER, MOST_CHANGES
from kg.saved.answers import RecordedRows
from kg.saved.archive import QuestionArchive
from kg.saved.errors import ArchiveFull, ArchiveUnwritable
from kg.saved.questions import question_code

QUERY = "SELECT ?x { ?x ?p ?o }"


def rows(*values: str) -> RecordedRows:
    terms = ({"type": "literal", "value": value} for value in values)
    return RecordedRows(("x",), tuple((term,) for term in terms))


@pytest.fixture
def archive(tmp_path: Path) -> QuestionArchive:
    return QuestionArchive(tmp_path / "saved")


def test_the_same_question_saved_twice_at_a_build_is_one(archive: QuestionArchive) -> None:
    code = archive.save(QUERY, "first", "", "b1", rows("a"))
    assert archive.save(QUERY, "second", "", "b1", rows("a")) == code
    assert archive.find(code).title == "first"
    other = archive.save(QUERY, "", "", "b2", rows("a"))
    assert {one.code for one in archive.list()} == {code, other}


def test_a_code_that_another_question_has_is_lengthened(archive: QuestionArchive) -> None:
    code = archive.save(QUERY, "", "", "b1", rows("a"))
    with archive.transaction() as tables:
        tables.execute("UPDATE question SET query = 'another' WHERE code = ?", (code,))
    longer = archive.save(QUERY, "", "", "b1", rows("a"))
    assert longer.startswith(code)
    assert longer == question_code(QUERY, "b1", 52)


def test_an_answer_is_recorded_where_it_changed(archive: QuestionArchive) -> None:
    code = archive.save(QUERY, "", "", "b1", rows("a", "b"))
    assert not archive.record(code, "b2", rows("b", "a"))
    assert archive.record(code, "b3", rows("b", "c", "d"))
    question = archive.find(code)
    assert (question.asked, question.then.build, question.latest.build) == ("b3", "b1", "b3")
    (change,) = question.changes
    assert (change.added, change.removed) == (2, 1)
    assert [mark for mark, _ in change.excerpt] == ["added", "added", "removed"]
    # Rows are stored of the first answer and of the latest.
    archive.record(code, "b4", rows("b"))
    assert archive.find(code).then.rows == rows("a", "b")
    assert archive.find(code).latest.rows == rows("b")


def test_an_answer_too_large_to_store_is_compared_by_its_hash(archive: QuestionArchive) -> None:
    large = rows("x" * LARGEST_ANSWER)
    code = archive.save(QUERY, "", "", "b1", large)
    assert archive.find(code).then.rows is None
    assert not archive.record(code, "b2", large)
    assert archive.record(code, "b3", rows("a"))
    assert archive.find(code).changes[0].added is None


def test_only_the_last_changes_are_remembered(archive: QuestionArchive) -> None:
    code = archive.save(QUERY, "", "", "b0", rows("a"))
    for number in range(MOST_CHANGES + 5):
        archive.record(code, f"c{number}", rows(str(number)))
    question = archive.find(code)
    assert len(question.changes) == MOST_CHANGES
    assert question.then.rows == rows("a")


def test_it_holds_so_many_questions_and_bytes(tmp_path: Path) -> None:
    few = QuestionArchive(tmp_path / "few", most=1)
    few.save(QUERY, "", "", "b1", rows("a"))
    with pytest.raises(ArchiveFull, match="1 questions"):
        few.save(QUERY, "", "", "b2", rows("a"))
    # The one that is there already is no more.
    few.save(QUERY, "", "", "b1", rows("a"))
    small = QuestionArchive(tmp_path / "small", most_bytes=200_000)
    small.save(QUERY, "", "", "b1", rows("a"))
    with pytest.raises(ArchiveFull, match="bytes"):
        small.save(QUERY * 10_000, "", "", "b2", rows("a"))
    assert len(small.list()) == 1


def test_a_folder_that_cannot_be_made_is_named_as_the_reason(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ArchiveUnwritable, match="KG_SAVED"):
        QuestionArchive(tmp_path / "file" / "saved").save(QUERY, "", "", "b1", rows("a"))


def test_a_question_is_claimed_by_one(archive: QuestionArchive) -> None:
    codes = {archive.save(QUERY, "", "", f"b{number}", rows("a")) for number in range(8)}
    with ThreadPoolExecutor(8) as threads:
        claimed = list(threads.map(lambda _: archive.claim("next"), range(8)))
    assert set(claimed) == codes
    assert archive.claim("next") == ""
    archive.release(claimed[0])
    assert archive.claim("next", claimed[1]) == ""
    assert archive.claim("next", claimed[0]) == claimed[0]


def test_what_is_removed_is_gone_with_its_answers_and_notices(archive: QuestionArchive) -> None:
    code = archive.save(QUERY, "", "", "b1", rows("a"))
    archive.record(code, "b2", rows("b"), notify=True)
    archive.remove(code)
    with pytest.raises(NotFound):
        archive.find(code)
    with archive.reading() as tables:
        left = tables.execute("SELECT code FROM answer UNION SELECT code FROM notice").fetchall()
    assert left == []
    # A process that was asking it meanwhile records nothing.
    assert not archive.record(code, "b3", rows("c"))


def test_nothing_is_written_before_something_is_saved(archive: QuestionArchive) -> None:
    assert archive.list() == []
    assert archive.claim("b1") == ""
    assert not archive.path.parent.exists()


def test_its_owner_lists_and_removes(archive: QuestionArchive) -> None:
    def run(*arguments: str) -> Result:
        folder = str(archive.path.parent)
        return CliRunner().invoke(kg_command, ["saved", *arguments], env={"KG_SAVED": folder})

    code = archive.save(QUERY, "Who?", "", "b1", rows("a"))
    archive.record(code, "b2", rows("b"))
    listed = run()
    day = archive.find(code).then.day
    assert listed.output == f"{code}\t{day}\tb1\t1\tchanged\tWho?\n"
    assert run("--remove", code).exit_code == 0
    assert archive.list() == []
    assert run("--remove", code).exit_code == 1
