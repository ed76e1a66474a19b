"""All rows of one panel, page by page."""

from __future__ import annotations

from dataclasses import dataclass

from kg.model.errors import NotFound
from kg.statements.footnotes import Footnotes
from kg.statements.property_statements import LAST_PAGE, PAGE_SIZE, check_page_number
from kg.statements.sentences import Sentence
from kg.store.store import Store
from kg.terms.display import DisplayValue, display_thing
from kg.terms.slugs import thing_node
from kg.terms.vocabulary import read_vocabulary
from kg.things.panels import Panel, answer_panel


@dataclass(frozen=True)
class PanelAnswers:
    """One page of the rows of a panel, with the sentences cited."""

    thing: DisplayValue
    panel: Panel
    page: int
    cited_sentences: tuple[Sentence, ...]

    @property
    def more(self) -> bool:
        """Tell whether there is a page after this one."""
        return self.panel.more and self.page < LAST_PAGE


def panel_answers(store: Store, slug: str, query_name: str, page: int) -> PanelAnswers:
    """List the rows of a panel in order; NotFound if there is no such thing, panel or page."""
    node = thing_node(store, slug)
    check_page_number(page)
    footnotes = Footnotes(store)
    part = range(PAGE_SIZE * (page - 1), PAGE_SIZE * page)
    panel = answer_panel(store, node, query_name, footnotes, part)
    # An empty first page is valid: the thing has no rows in this panel.
    if page > 1 and not panel.rows:
        raise NotFound(f"page {page} here; there are fewer answers")
    thing = display_thing(read_vocabulary(store), node.value)
    return PanelAnswers(thing, panel, page, footnotes.sentences)
