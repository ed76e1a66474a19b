"""Where a term is written, whichever way it is written."""

from pathlib import Path

import pytest

from kg.model.prefixes import SOURCE, THING
from kg.pipeline.inputs.term_places import BLANK, locate

TEXT = """@base <https://w3id.org/aide-memoire/> .
# id:norland is not here
<source/x/p1s1> {
  id:norland rdfs:label "id:sudland, \\" id:norland" ;
    dip:borders <https://w3id.org/aide-memoire/id/sudland> .
}
id:sudland dip:borders id:norland .
s:p1s1\\#selector a [] .
@prefix s: <https://w3id.org/aide-memoire/source/x/> .
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "facts.trig"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("term", "place"),
    [
        (THING + "norland", (4, 3)),
        (THING + "sudland", (5, 17)),
        (SOURCE + "x/p1s1", (3, 1)),
        (SOURCE + "x/p1s1#selector", (8, 1)),
        (BLANK, (8, 20)),
        (THING + "westland", (0, 0)),
        ("@base", (1, 1)),
    ],
)
def test_term_is_found_outside_comments_and_strings(
    path: Path, term: str, place: tuple[int, int]
) -> None:
    assert locate(path, term) == place


def test_places_within_a_graph_can_be_left_out(path: Path) -> None:
    assert locate(path, THING + "norland", outside=True) == (7, 24)
