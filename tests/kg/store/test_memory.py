import gc
import weakref

from pyoxigraph import Quad

from kg.lists.overview import read_overview
from kg.lists.search import search_things
from kg.model.prefixes import SOURCE
from kg.statements.sentences import sentences_by_iri
from kg.store.store import Store
from kg.terms.reference import ontology_reference
from kg.terms.vocabulary import read_vocabulary
from kg.things.entity import read_entity
from kg.things.rdf_export import export_source


def test_what_is_read_of_a_store_is_read_once(store: Store) -> None:
    assert read_vocabulary(store) is read_vocabulary(store)
    assert sentences_by_iri(store) is sentences_by_iri(store)


def test_what_is_read_of_a_store_goes_with_it(tiny: list[Quad]) -> None:
    store = Store.of(tiny)
    ontology_reference(store)
    read_overview(store)
    search_things(store, "ruritania")
    read_entity(store, "ruritania")
    export_source(store, SOURCE + "gazette-1894", "text/turtle")
    known = weakref.ref(read_vocabulary(store))
    del store
    gc.collect()
    assert known() is None
