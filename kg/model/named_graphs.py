"""The named graphs of a build, and the default graph that is made from them."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import DefaultGraph, NamedNode, Quad, Triple

from kg.model.prefixes import CLAIM, GRAPH

ONTOLOGY, ENTITIES, SOURCES, LINKS, DISAGREEMENTS, INFERRED, DESCRIPTION = (
    NamedNode(GRAPH + name)
    for name in (
        *("ontology", "entities", "sources", "links"),
        *("disagreements", "inferred", "description"),
    )
)
# All other graphs of a build are named after a sentence, a claim's content, or an added file.
OURS = frozenset((ONTOLOGY, ENTITIES, SOURCES, LINKS, DISAGREEMENTS, INFERRED, DESCRIPTION))
# Records of how links were made begin so; they stand in the graph of the links.
MAPPING = LINKS.value + "#"


def in_graph(graph: NamedNode | DefaultGraph, triple: Triple) -> Quad:
    """Put a triple in a graph."""
    return Quad(triple.subject, triple.predicate, triple.object, graph)


def is_claim_content(graph: object) -> bool:
    """Tell whether a graph holds the content of a claim, which nobody here vouches for.

    >>> is_claim_content(NamedNode(f"{CLAIM}the-moon-is-cheese/content")), is_claim_content(LINKS)
    (True, False)
    """
    return (
        isinstance(graph, NamedNode)
        and graph.value.startswith(CLAIM)
        and graph.value.endswith("/content")
    )


def claim_slug(content: str) -> str:
    """Return the slug of the claim that a graph, by its IRI, has the content of.

    >>> claim_slug(f"{CLAIM}the-moon-is-cheese/content")
    'the-moon-is-cheese'
    """
    return content.removeprefix(CLAIM).removesuffix("/content")


def is_mapping_record(quad: Quad) -> bool:
    """Tell whether a quad records how a link was made, or why there is none.

    >>> mapping = NamedNode(MAPPING + "wikidata/japan/Q17")
    >>> is_mapping_record(Quad(mapping, mapping, mapping, LINKS))
    True
    """
    # The table that a record comes from has an IRI below that of the graph.
    return (
        quad.graph_name == LINKS
        and isinstance(quad.subject, NamedNode)
        and quad.subject.value.startswith((MAPPING, LINKS.value + "/"))
    )


def default_graph(quads: Iterable[Quad]) -> list[Triple]:
    """Return each triple that any graph states, once; but not what only a claim says.

    Nor the records of mappings: they are about links that hold, do not hold or do not exist.
    """
    stated = (q for q in quads if not is_claim_content(q.graph_name) and not is_mapping_record(q))
    return list(dict.fromkeys(quad.triple for quad in stated))


def with_default_graph(quads: Iterable[Quad], inferred: Iterable[Quad] = ()) -> list[Quad]:
    """Return named graphs and the inferred quads, with the default graph made from them."""
    named = [*quads, *inferred]
    return [*named, *(in_graph(DefaultGraph(), triple) for triple in default_graph(named))]
