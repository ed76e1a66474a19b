"""The files of the graph, read into quads, each in the named graph that its file belongs to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    NamedNode,
    Quad,
    QuadParser,
    RdfFormat,
    Triple,
    parse,
)

from kg.model.errors import KGError, SourceError
from kg.model.named_graphs import (
    DISAGREEMENTS,
    ENTITIES,
    LINKS,
    ONTOLOGY,
    SOURCES,
    in_graph,
    is_claim_content,
)
from kg.model.outside_datasets import DATASETS_FILE
from kg.model.prefixes import BASE, ROOT, SOURCE, read_prefixes, shorten
from kg.model.source_texts import LINK_CHECK_FILE, PREFIXES_FILE
from kg.model.text_files import source, source_error
from kg.pipeline.inputs.checked_links import parse_link_report
from kg.pipeline.inputs.mapping_records import mapping_triples
from kg.pipeline.inputs.sssom import read_mapping_table
from kg.pipeline.inputs.term_places import BLANK, locate

# For people: how a source is written, and how a link.
GUIDE, _LINKS_GUIDE = "kg/sources/README.md", "kg/links/README.md"
_NO_STATEMENTS = (GUIDE, _LINKS_GUIDE, DATASETS_FILE)


@dataclass(frozen=True)
class SourceTree:
    """The files under a root that make the graph: the quads, each with its file, and the files.

    A quad that several files state has the first of them, in the order of paths.
    """

    root: Path
    origin: dict[Quad, Path]
    files: tuple[Path, ...]

    @property
    def quads(self) -> tuple[Quad, ...]:
        """Every quad, in the order of the files."""
        return tuple(self.origin)

    def triples(self, graph: NamedNode) -> list[Triple]:
        """Return the triples of one named graph."""
        return [quad.triple for quad in self.origin if quad.graph_name == graph]

    def name(self, path: Path) -> str:
        """Return a file's path within the tree, for messages."""
        return path.relative_to(self.root).as_posix()


def load(root: Path = ROOT) -> SourceTree:
    """Read every file of the graph under a root; the first mistake is a SourceError."""
    if not (root / PREFIXES_FILE).is_file():
        raise KGError(f"{root} holds no ontology/prefixes.ttl; give the tree with --root")
    _refuse_pipes(root)
    origin: dict[Quad, Path] = {}
    files = tuple(sorted(_files(root)))
    for path in files:
        for quad in _read(root, path):
            origin.setdefault(quad, path)
    return SourceTree(root, origin, files)


def _refuse_pipes(root: Path) -> None:
    # Opening one would wait for a writer, for ever.
    for folder in ("ontology", "kg/entities", "kg/sources", "kg/links", "kg/queries"):
        for path in (root / folder).rglob("*"):
            if path.is_fifo() or path.is_socket() or path.is_char_device():
                raise SourceError(path.relative_to(root).as_posix(), 0, 0, "this is not a file")


def _files(root: Path) -> Iterator[Path]:
    # Shapes are input of a check, not statements of the graph.
    yield from (path for path in root.glob("ontology/*.ttl") if path.name != "shapes.ttl")
    yield from root.glob("ontology/translations/*.ttl")
    for folder in ("kg/entities", "kg/sources", "kg/links"):
        # Every file, so that one with a wrong name is reported instead of left out in silence.
        paths = (path for path in (root / folder).rglob("*") if not path.is_dir())
        left_out = {root / name for name in _NO_STATEMENTS}
        yield from (path for path in paths if path not in left_out)


def _read(root: Path, path: Path) -> Iterator[Quad]:
    name = path.relative_to(root).as_posix()
    if path.match("ontology/*.ttl") or path.match("ontology/translations/*.ttl"):
        yield from _ontology(root, path)
    elif path.match("kg/entities/*.ttl"):
        yield from _triples(root, path, ENTITIES)
    elif (
        path.match("kg/sources/*/source.ttl")
        or path.match("kg/sources/*/sentences.ttl")
        or path.match("kg/sources/ratings.ttl")
    ):
        yield from _triples(root, path, SOURCES)
    elif path.match("kg/sources/decisions.ttl"):
        yield from _triples(root, path, DISAGREEMENTS)
    elif path.match("kg/sources/*/*.trig"):
        yield from _facts(root, path)
    elif path.match("kg/links/*.sssom.tsv"):
        table = read_mapping_table(path, name)
        yield from (in_graph(LINKS, triple) for triple in mapping_triples(table))
    elif name == LINK_CHECK_FILE:
        parse_link_report(source(path, name), name)
    else:
        left = path.name.endswith(("~", ".bak", ".orig", ".swp", ".tmp")) or path.name[:1] in ".#"
        hint = "remove it" if left else "entities are .ttl, facts .trig, links .sssom.tsv"
        raise SourceError(name, 0, 0, "the build does not know this kind of file", hint)


def _triples(root: Path, path: Path, graph: NamedNode) -> Iterator[Quad]:
    for quad in _parse(root, path, RdfFormat.TURTLE):
        _refuse_blank(root, path, quad)
        yield in_graph(graph, quad.triple)


def _ontology(root: Path, path: Path) -> Iterator[Quad]:
    """Read a file of the ontology, with blank nodes named after the file and their order in it.

    The parser names them at random, and the order of query results depends on these names: then
    two indexes of one tree would be equal, but not byte for byte.
    """
    names: dict[str, str] = {}
    for quad in _parse(root, path, RdfFormat.TURTLE):
        terms = (_named_in_order(term, path.stem, names) for term in quad.triple)
        yield in_graph(ONTOLOGY, Triple(*terms))  # type: ignore[arg-type]


def _named_in_order(term: object, file: str, names: dict[str, str]) -> object:
    if not isinstance(term, BlankNode):
        return term
    return BlankNode(names.setdefault(term.value, f"{file}{len(names)}"))


def _facts(root: Path, path: Path) -> Iterator[Quad]:
    for quad in _parse(root, path, RdfFormat.TRIG):
        if isinstance(quad.graph_name, DefaultGraph):
            raise _uncited(root, path, quad)
        if not _is_place_of_facts(quad.graph_name):
            raise _misplaced(root, path, quad.graph_name.value)
        _refuse_blank(root, path, quad)
        yield quad


def _is_place_of_facts(graph: NamedNode | BlankNode) -> bool:
    # What is new with a source may be declared beside its sentences, as in kg/entities.
    return graph == ENTITIES or graph.value.startswith(SOURCE) or is_claim_content(graph)


def _parse(root: Path, path: Path, form: RdfFormat) -> Iterator[Quad]:
    name = path.relative_to(root).as_posix()
    parser = parse(source(path, name), format=form, base_iri=BASE)
    try:
        for quad in parser:
            _refuse_triple_term(name, path, quad)
            yield quad
    except SyntaxError as error:
        raise source_error(name, error) from error
    except MemoryError as error:
        message = "a literal, IRI or comment is longer than 16 MB, the most that is read"
        raise SourceError(name, 0, 0, message, "shorten it") from error
    # At the end, as a file may declare prefixes anywhere.
    _check_prefixes(root, path, parser)


def _refuse_triple_term(name: str, path: Path, quad: Quad) -> None:
    if isinstance(quad.object, Triple):
        hint = "what somebody says stands in the graph of a claim"
        raise SourceError(name, *locate(path, "<<"), "a statement about a statement", hint)


def _check_prefixes(root: Path, path: Path, parser: QuadParser) -> None:
    declared, name = read_prefixes(root / PREFIXES_FILE), path.relative_to(root).as_posix()
    for prefix, iri in parser.prefixes.items():
        # A source's folder names it, so its files may choose any short prefix for its sentences.
        if declared.get(prefix) != iri and not iri.startswith(SOURCE):
            line, column = locate(path, f"prefix {prefix}:")
            right = f"write <{declared[prefix]}>" if prefix in declared else "add it there"
            message = f"prefix {prefix}: <{iri}> is not in ontology/prefixes.ttl"
            raise SourceError(name, line, column, message, right)
    if parser.base_iri not in (None, BASE):
        line, column = locate(path, "@base")
        raise SourceError(name, line, column, f"the base is {parser.base_iri}", f"write <{BASE}>")


def _refuse_blank(root: Path, path: Path, quad: Quad) -> None:
    if isinstance(quad.subject, BlankNode) or isinstance(quad.object, BlankNode):
        name = path.relative_to(root).as_posix()
        hint = "give it an id: IRI, so that it can be cited and linked"
        raise SourceError(name, *locate(path, BLANK), "a thing without a name", hint)


def _uncited(root: Path, path: Path, quad: Quad) -> SourceError:
    named = isinstance(quad.subject, NamedNode)
    subject = str(quad.subject).strip("<>") if named else BLANK
    line, column = locate(path, subject, outside=True)
    short = shorten(subject) if named else subject
    message = f"a fact without a citation: {short} {shorten(quad.predicate.value)} …"
    hint = "put it in the graph of the sentence that states it: <SOURCE/p1s1> { … }"
    return SourceError(path.relative_to(root).as_posix(), line, column, message, hint)


def _misplaced(root: Path, path: Path, graph: str) -> SourceError:
    line, column = locate(path, graph, outside=True)
    message = f"a fact without a citation: {shorten(graph)} is not a sentence or a claim's content"
    hint = "name the graph after the sentence that states it: <SOURCE/p1s1> { … }"
    return SourceError(path.relative_to(root).as_posix(), line, column, message, hint)
