"""What a run noted is read by the next one, unless it is old or was cut off."""

import os
import time
from pathlib import Path

from kg.link_check.run_notes import RunNotes
from kg.pipeline.inputs.checked_links import CheckedLink

ONE = CheckedLink("wikidata", "x:a", "x:same", "x:1", day="2026-11-28", compared="status label")
TWO = CheckedLink("wikidata", "x:b", "x:same", "x:2", day="2026-11-28", verdict="dead")


def test_links_are_read_as_they_were_noted(tmp_path: Path) -> None:
    notes = RunNotes(tmp_path / "new" / "rows.tsv")
    with notes.alone():
        assert notes.read() == {}
        notes.start([ONE])
        notes.add(TWO)
    assert notes.read() == {ONE.key: ONE, TWO.key: TWO}
    notes.remove()
    assert notes.read() == {}


def test_a_row_that_was_cut_off_or_damaged_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "rows.tsv"
    notes = RunNotes(path)
    notes.start([ONE, TWO])
    whole = path.read_bytes()
    path.write_bytes(whole[:-1])
    assert list(notes.read()) == [ONE.key]
    path.write_bytes(b"\xff\n" + whole.replace(b"\tdead\t", b"\tlost\t"))
    assert list(notes.read()) == [ONE.key]


def test_notes_of_another_week_are_not_gone_on_with(tmp_path: Path) -> None:
    notes = RunNotes(tmp_path / "rows.tsv")
    notes.start([ONE])
    for days, expected in ((6, [ONE.key]), (8, [])):
        then = time.time() - days * 86_400
        os.utime(tmp_path / "rows.tsv", (then, then))
        assert list(notes.read()) == expected
