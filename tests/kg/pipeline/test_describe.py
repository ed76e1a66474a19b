"""The description counts what is there, parses anywhere and changes no answer."""

import functools
import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Triple
from rdflib import DCAT, DCTERMS, FOAF, RDF, SH, VOID, Namespace

from kg.model.errors import NotFound
from kg.model.formats import DATASETS, GRAPHS, RESULTS, graph_format, write
from kg.model.named_graphs import DESCRIPTION, is_mapping_record, with_default_graph
from kg.model.outside_datasets import outside_datasets
from kg.model.prefixes import BASE, TERM, node, prefixes
from kg.model.source_texts import tree_texts
from kg.pipeline.build import build
from kg.pipeline.checks.causes import Causes
from kg.pipeline.checks.hygiene import hygiene
from kg.pipeline.describe import DATASET, SERVICE, describe
from kg.pipeline.description_parts import service_description
from kg.pipeline.examples import example, shown
from kg.pipeline.load import load
from kg.sparql.named_queries import named_queries
from kg.store.dump import DUMPS
from kg.store.store import Store
from tests.publishing import graph_of, with_description, with_inferred

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
VOIDEXT = Namespace("http://ldf.fi/void-ext#")
FEDERATES = rdflib.URIRef(node("spex:federatesWith").value)
WHOLE, ENDPOINT = rdflib.URIRef(DATASET.value), rdflib.URIRef(SERVICE.value)
VOID_PREFIX = "PREFIX void: <http://rdfs.org/ns/void#> "


@functools.cache
def plain() -> tuple[Quad, ...]:
    quads = load().quads
    return tuple(with_inferred(quads))


@functools.cache
def description() -> tuple[Quad, ...]:
    return tuple(describe(graph_of(plain())))


@functools.cache
def bare() -> Store:
    return Store.of(plain())


@functools.cache
def described() -> Store:
    return Store.of(with_description(plain()))


@functools.cache
def graph() -> rdflib.Graph:
    body = write([quad.triple for quad in description()], graph_format("nt"))
    return rdflib.Graph().parse(data=body, format="nt")


def known() -> list[Quad]:
    return [quad for quad in plain() if isinstance(quad.graph_name, DefaultGraph)]


def classes() -> dict[object, set[str]]:
    found: dict[object, set[str]] = defaultdict(set)
    for quad in known():
        if quad.predicate == node("rdf:type") and isinstance(quad.object, NamedNode):
            found[quad.subject].add(quad.object.value)
    return found


def parts(link: rdflib.URIRef, key: rdflib.URIRef, count: rdflib.URIRef, whole=WHOLE):
    return {
        str(graph().value(part, key)): graph().value(part, count).toPython()
        for part in graph().objects(whole, link)
    }


def test_totals_are_those_of_the_default_graph() -> None:
    triples = known()
    totals = {
        VOID.triples: len(triples),
        VOID.distinctSubjects: len({quad.subject for quad in triples}),
        VOID.distinctObjects: len({quad.object for quad in triples}),
        VOID.properties: len({quad.predicate for quad in triples}),
        VOID.classes: len(set().union(*classes().values())),
    }
    assert {name: graph().value(WHOLE, name).toPython() for name in totals} == totals


def test_entities_are_the_things_of_the_home_page() -> None:
    things = {s.value for s in classes() if str(s).startswith(f"<{BASE}id/") and "#" not in str(s)}
    assert graph().value(WHOLE, VOID.entities).toPython() == len(things)


def test_each_class_has_the_number_of_its_members() -> None:
    members = Counter(name for names in classes().values() for name in names)
    assert parts(VOID.classPartition, VOID["class"], VOID.entities) == members


@pytest.mark.parametrize(
    ("count", "seen"),
    [
        (VOID.triples, len),
        (VOID.distinctSubjects, lambda quads: len({quad.subject for quad in quads})),
        (VOID.distinctObjects, lambda quads: len({quad.object for quad in quads})),
    ],
    ids=["triples", "subjects", "objects"],
)
def test_each_property_has_the_number_of_its_uses(count, seen) -> None:
    uses = defaultdict(list)
    for quad in known():
        uses[quad.predicate.value].append(quad)
    expected = {name: seen(quads) for name, quads in uses.items()}
    assert parts(VOID.propertyPartition, VOID.property, count) == expected


def test_the_property_partitions_add_up_to_the_whole() -> None:
    whole = graph().value(WHOLE, VOID.triples).toPython()
    assert sum(parts(VOID.propertyPartition, VOID.property, VOID.triples).values()) == whole


def test_each_class_of_ours_has_the_properties_of_its_members() -> None:
    kinds = classes()
    expected = Counter(
        (kind, quad.predicate.value)
        for quad in known()
        for kind in kinds.get(quad.subject, ())
        if kind.startswith(TERM) and quad.predicate.value.startswith(TERM)
    )
    found = {
        (str(graph().value(part, VOID["class"])), name): uses
        for part in graph().objects(WHOLE, VOID.classPartition)
        for name, uses in parts(VOID.propertyPartition, VOID.property, VOID.triples, part).items()
    }
    assert found == expected
    assert len(found) > 500


def test_each_property_has_the_classes_and_datatypes_of_its_values() -> None:
    kinds = classes()
    expected: Counter[tuple[str, str]] = Counter()
    for quad in known():
        if isinstance(quad.object, Literal):
            expected[quad.predicate.value, quad.object.datatype.value] += 1
        for kind in kinds.get(quad.object, ()):
            expected[quad.predicate.value, kind] += kind.startswith(TERM)
    found = {
        (str(graph().value(part, VOID.property)), name): uses
        for part in graph().objects(WHOLE, VOID.propertyPartition)
        for link, key in (
            (VOID.classPartition, VOID["class"]),
            (VOIDEXT.datatypePartition, VOIDEXT.datatype),
        )
        for name, uses in parts(link, key, VOID.triples, part).items()
    }
    assert found == +expected


def test_an_editor_finds_properties_by_class_and_what_they_lead_to() -> None:
    # As sib-swiss/sparql-editor asks for its completion.
    query = """
    PREFIX void: <http://rdfs.org/ns/void#>
    PREFIX voidext: <http://ldf.fi/void-ext#>
    SELECT DISTINCT ?class ?property ?leads WHERE {
      [] void:class ?class ; void:propertyPartition/void:property ?property .
      ?uses void:property ?property .
      { ?uses void:classPartition/void:class ?leads }
      UNION { ?uses voidext:datatypePartition/voidext:datatype ?leads }
    }"""
    found = {tuple(row.values()) for row in described().select(query)}
    assert (node("dip:Person"), node("dip:citizenship"), node("dip:State")) in found
    assert (node("dip:Event"), node("dip:date"), node("xsd:date")) in found


def linksets() -> dict[tuple[str, str], int]:
    """Return the number of links by name of dataset and relation, as the description has it."""
    found = {}
    for linkset in graph().subjects(RDF.type, VOID.Linkset):
        assert (WHOLE, VOID.subset, linkset) in graph()
        assert graph().value(linkset, VOID.subjectsTarget) == WHOLE
        other = graph().value(linkset, VOID.objectsTarget)
        assert (other, RDF.type, VOID.Dataset) in graph()
        key = (
            str(graph().value(other, DCTERMS.title)),
            str(graph().value(linkset, VOID.linkPredicate)),
        )
        assert key not in found
        found[key] = graph().value(linkset, VOID.triples).toPython()
    return found


def test_each_dataset_and_relation_has_a_linkset_with_the_number_of_its_links() -> None:
    rows = [quad for quad in plain() if quad.graph_name == node("graph:links")]
    links = [quad for quad in rows if not is_mapping_record(quad)]
    assert 0 < len(links) < len(rows)
    spaces = {dataset.space: dataset.name for dataset in outside_datasets().values()}
    expected = Counter(
        (name, quad.predicate.value)
        for quad in links
        for space, name in spaces.items()
        if quad.object.value.startswith(space)
    )
    assert linksets() == expected
    assert len({dataset for dataset, _ in expected}) >= 3


def test_the_datasets_that_links_lead_to_are_described() -> None:
    wikidata = rdflib.URIRef(f"{BASE}void#links/wikidata")
    about = outside_datasets()["wikidata"]
    expected = {
        DCTERMS.title: about.name,
        VOID.uriSpace: about.space,
        FOAF.homepage: about.homepage,
        DCTERMS.license: "https://spdx.org/licenses/CC0-1.0",
        VOID.sparqlEndpoint: about.sparql,
    }
    assert {name: str(graph().value(wikidata, name)) for name in expected} == expected


def test_a_dataset_that_is_not_in_the_table_is_known_by_its_host() -> None:
    thing, record = node("id:japan"), NamedNode("https://example.org/a/b")
    links = [Quad(thing, node("skos:closeMatch"), record, node("graph:links"))]
    triples = {quad.triple for quad in describe(graph_of(with_default_graph(links)))}
    other = NamedNode(f"{BASE}void#links/example.org")
    assert Triple(other, node("void:uriSpace"), Literal("https://example.org/")) in triples
    linkset = NamedNode(f"{BASE}void#links/example.org/closeMatch")
    assert Triple(linkset, node("void:objectsTarget"), other) in triples
    assert Triple(linkset, node("void:triples"), Literal(1)) in triples


def test_every_named_graph_is_offered_with_its_size() -> None:
    sizes = Counter(q.graph_name.value for q in plain() if isinstance(q.graph_name, NamedNode))
    found = {}
    for named in graph().objects(graph().value(ENDPOINT, SD.defaultDataset), SD.namedGraph):
        size = graph().value(graph().value(named, SD.graph), VOID.triples)
        found[str(graph().value(named, SD.name))] = size and size.toPython()
    assert found == {**sizes, DESCRIPTION.value: None}
    assert set(found) == {name.value for name in described().graphs()}


def test_examples_are_things_and_vocabularies_are_known() -> None:
    things = {str(thing) for thing in graph().objects(WHOLE, VOID.exampleResource)}
    assert len(things) > 10
    assert all(classes()[NamedNode(thing)] for thing in things)
    assert {str(space) for space in graph().objects(WHOLE, VOID.vocabulary)} < {
        *prefixes().values()
    }


def test_the_service_description_says_what_the_endpoint_takes_and_sends() -> None:
    found = rdflib.Graph().parse(data=write(service_description(described()), GRAPHS[1]))
    assert found.value(ENDPOINT, RDF.type) is not None
    assert found.value(ENDPOINT, SD.endpoint) == rdflib.URIRef(BASE + "sparql")
    assert found.value(ENDPOINT, SD.supportedLanguage) == SD.SPARQL11Query
    formats = (*RESULTS, *GRAPHS, *DATASETS)
    assert len(set(found.objects(ENDPOINT, SD.resultFormat))) == len(formats)
    assert (None, SD.defaultGraph, WHOLE) in found
    assert found.value(WHOLE, VOID.triples) is not None
    assert not set(found.objects(WHOLE, VOID.classPartition))


def test_a_build_without_a_description_says_so() -> None:
    with pytest.raises(NotFound, match="there is no description in this build"):
        service_description(bare())


def test_every_dump_is_a_distribution() -> None:
    dumps = graph().objects(WHOLE, DCAT.distribution)
    files = {str(graph().value(dump, DCAT.downloadURL)) for dump in dumps}
    assert files == {f"{BASE}dump/aide-memoire.{name}" for name in DUMPS}
    assert files == {str(file) for file in graph().objects(WHOLE, VOID.dataDump)}
    media = {str(m).split("media-types/")[1] for m in graph().objects(None, DCAT.mediaType)}
    assert media == {form.media_type for form in (*GRAPHS, *DATASETS)}


@pytest.mark.parametrize(
    "question", named_queries(tree_texts()), ids=lambda question: question.name
)
def test_each_question_is_in_the_graph_and_answers_as_it_did_without(question) -> None:
    text, stated = example(described(), question.name)
    assert text == shown(question.text)
    assert Literal(question.title, language="en") in {triple.object for triple in stated}
    assert rows(described(), text) == rows(bare(), text) != []


def rows(store: Store, query: str) -> list[list[str]]:
    return [[f"{name} {term}" for name, term in row.items()] for row in store.select(query)]


def test_each_question_runs_with_the_prefixes_that_it_names() -> None:
    declared = prefix_lines()
    federated = set(graph().subjects(FEDERATES))
    assert {str(one).removeprefix(f"{BASE}query/") for one in federated} == set(
        tree_texts().federated_queries()
    )
    asked = [
        (one, text) for one, text in graph().subject_objects(SH.select) if one not in federated
    ]
    for question, text in asked:
        bare_text = re.sub(r"(?m)^PREFIX .*$", "", str(text))
        holders = set(graph().objects(question, SH.prefixes))
        lines = "".join(line for holder in holders for line in declared[holder])
        assert rows(described(), lines + bare_text) == rows(described(), str(text))
    assert len(asked) == len(named_queries(tree_texts()))


def prefix_lines() -> dict[object, list[str]]:
    path = Path(__file__).parents[3] / "ontology" / "prefixes.ttl"
    declared = rdflib.Graph().parse(path)
    lines = defaultdict(list)
    for holder, prefix in declared.subject_objects(SH.declare):
        name, space = declared.value(prefix, SH.prefix), declared.value(prefix, SH.namespace)
        lines[holder].append(f"PREFIX {name}: <{space}>\n")
    return lines


def test_a_question_that_is_not_there_is_said() -> None:
    with pytest.raises(NotFound, match="did you mean strikes-on-syria"):
        example(described(), "strike-on-syria")


def test_the_kinds_of_query_are_told_apart(tmp_path: Path) -> None:
    folder = tmp_path / "kg" / "queries"
    folder.mkdir(parents=True)
    texts = {"who": "SELECT * {}", "whether": "ASK {}", "what": "CONSTRUCT WHERE {?s ?p ?o}"}
    for name, text in texts.items():
        (folder / f"{name}.rq").write_text(f"# Well?\n{text}\n", encoding="utf-8")
    kinds = {
        quad.subject.value.removeprefix(f"{BASE}query/"): quad.predicate
        for quad in describe(graph_of([]), tmp_path)
        if quad.predicate in {node("sh:select"), node("sh:ask"), node("sh:construct")}
    }
    expected = {"who": "sh:select", "whether": "sh:ask", "what": "sh:construct"}
    assert kinds == {name: node(property_) for name, property_ in expected.items()}


def test_equal_graphs_have_equal_descriptions() -> None:
    assert describe(graph_of(reversed(plain()))) == list(description())


def test_no_node_is_blank_and_no_page_of_a_thing_is_flooded() -> None:
    assert all(isinstance(quad.subject, NamedNode) for quad in description())
    things = {q.subject.value for q in description() if q.subject.value.startswith(BASE + "id/")}
    assert things == set()


def test_the_graph_with_its_description_passes_the_checks() -> None:
    tree = load()
    found = [outcome for outcome in hygiene(tree, Causes(tree, described())) if outcome.findings]
    assert found == []


def test_a_build_holds_its_description_in_the_default_graph_too(tree: Path, builds: Path) -> None:
    said: list[str] = []
    build(tree, builds, lambda stage, _: said.append(stage))
    assert said.index("describe") < said.index("write") < said.index("publish")
    store = Store.open(builds / "current")
    counted = f"{{ <{DATASET.value}> void:triples ?n }}"
    assert store.ask(f"{VOID_PREFIX}ASK {{ {counted} GRAPH <{DESCRIPTION.value}> {counted} }}")
