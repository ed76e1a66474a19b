import gc
import weakref

from pyoxigraph import Quad

from kg.documentation import documentation
from kg.entity import entity
from kg.instances import overview
from kg.named import source_data
from kg.prefixes import SOURCE
from kg.search import search
from kg.sentence import supported
from kg.store import Store
from kg.vocabulary import vocabulary


def test_what_is_read_of_a_store_is_read_once(store: Store) -> None:
    assert vocabulary(store) is vocabulary(store)
    assert supported(store) is supported(store)


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
