import gc
import weakref

from pyoxigraph import Quad

from kg.prefixes import SOURCE
from kg.read.documentation import documentation
from kg.read.entity import entity
from kg.read.instances import overview
from kg.read.named import source_data
from kg.read.search import search
from kg.read.sentence import sentences
from kg.read.vocabulary import vocabulary
from kg.store import Store


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
