"""How the pages of votes, treaties, relations, lists and prospects open, and what they list."""

import pytest
from pyoxigraph import NamedNode

from kg.index.reader import index
from kg.model.prefixes import THING
from kg.pipeline.load import SourceTree
from kg.statements.footnotes import Footnotes
from kg.store.store import Store
from kg.things.lead import lead_sentence
from kg.things.panels import answer_panels
from tests.publishing import with_inferred

LEADS = {
    "vote-on-free-passage": (
        "Vote in Strait Council on draft on free passage, 4 March 2021; "
        "result: blocked by a veto, with 9 for, 2 against and 3 abstaining."
    ),
    "treaty-of-arne": (
        "Treaty between Arnmark and Sudland, deposited with Meridia; status: in force."
    ),
    "relations-of-estmark-and-arnmark": (
        "Diplomatic relations between Arnmark and Estmark, 1992 – 2020, "
        "at the level of ambassadors."
    ),
    "control-of-skerry": "Control of Skerry by Sudland, from 1974 on.",
    "expulsion-by-arnmark": (
        "Expulsion of diplomats (6 diplomats) by Arnmark against Sudland, "
        "in response to shelling of Skerry."
    ),
    "deployment-to-holmen": "Deployment of 400 troops by Arnmark to Holmen.",
    "entry-of-the-tern": (
        "Denied incursion by Sudland into Skerry Zone, 14 October 2021, with Tern."
    ),
    "flight-from-skerry": "Displacement of at least 3000 refugees from Skerry to Arnmark.",
    "grain-for-arnmark": "Aid by Meridia to Arnmark: grain, 2000 tonnes.",
    "skerry-bank": "Organisation, listed on sanctions list of Meridia.",
    "aurelia-shipping": "Organisation.",
    "leaving-skerry": "Refused return of territory of Sudland.",
}
ROWS = {
    ("vote-on-free-passage", "how each voted"): ["Arnmark: for", "Sudland: veto"],
    ("sudland", "votes cast"): ["vote on free passage: veto"],
    ("list-of-meridia", "who was put on the list or taken off"): [
        "Aurelia Shipping: listed", "Skerry Bank: listed", "Aurelia Shipping: taken off",
    ],
    ("treaty-of-arne", "from proposal to withdrawal"): [
        "signing of the Treaty of Arne",
        "ratification of the Treaty of Arne by Arnmark",
        "reservation of Arnmark on the court",
        "entry into force of the Treaty of Arne",
        "withdrawal of Sudland from the Treaty of Arne",
    ],
    ("tern", "timeline"): [
        "entry of the Tern into the Skerry Zone", "collision in the Sound of Arne",
    ],
    ("estmark", "relations, over time"): [
        "diplomatic relations of Estmark and Arnmark", "recognition of Estmark by Arnmark",
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def store(acts: SourceTree) -> Store:
    return Store.of(with_inferred(acts.quads))


@pytest.mark.parametrize("slug", LEADS)
def test_page_opens_with_who_did_what_to_whom_and_when(store: Store, slug: str) -> None:
    assert lead_sentence(store, THING + slug) == LEADS[slug]


@pytest.mark.parametrize(("slug", "title"), ROWS, ids="-".join)
def test_panel_lists_in_order_of_time(store: Store, slug: str, title: str) -> None:
    classes = index(store).values(THING + slug, "class")
    panels = answer_panels(store, NamedNode(THING + slug), classes, Footnotes(store))
    (panel,) = (panel for panel in panels if panel.title == title)
    rows = [": ".join(filter(None, (row.thing.text, row.name))) for row in panel.rows]
    assert rows == ROWS[slug, title]
