import gc
import weakref

from pyoxigraph import Quad

from kg.lists.classes import overview
from kg.lists.search import search
from kg.model.prefixes import SOURCE
from kg.statements.graphs import source_data
from kg.statements.sentences import sentences
from kg.store.store import Store
from kg.terms.reference import documentation
from kg.terms.vocabulary import vocabulary
from kg.things.entity import entity


def test_what_is_read_of_a_store_is_read_once(store: Store) -> None:
    assert vocabulary(store) is vocabulary(store)
    assert sentences(store) is sentences(store)


def test_what_is_read_of_a_store_goes_with_it(tiny: list[Quad]) -> None:
    store = Store.of(tiny)
    documentation(store)
    overview(store)
    search(store, "ruritania")
    entity(store, "ruritania")
    source_data(store, SOURCE + "gazette-1894", "text/turtle")
    known = weakref.ref(vocabulary(store))
    del store
    gc.collect()
    assert known() is None
