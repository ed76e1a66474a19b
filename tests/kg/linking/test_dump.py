"""Links are proposed from a dump of a dataset, read in bounded memory."""

import bz2
import gzip
import resource
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from pyoxigraph import RdfFormat, Triple, serialize

from kg.linking.recorded_links import recorded_links
from kg.model.prefixes import THING
from tests.kg.linking.servers import WIKIDATA

Kg = Callable[..., Result]
RIGHT = {"crimea", "georgia", "ivan-petrov", "japan", "talks-in-batumi"}


def proposed(root: Path) -> set[str]:
    table = root / ".links" / "wikidata.sssom.tsv"
    return {thing.removeprefix(THING) for thing in recorded_links(table, table.name).linked}


@pytest.mark.parametrize("name", ["dump.ttl", "dump.nt.gz", "dump.rdf", "dump.nq.bz2"])
def test_a_dump_in_any_syntax_gives_what_an_endpoint_gives(
    kg: Kg, root: Path, tmp_path: Path, their_triples: tuple[Triple, ...], name: str
) -> None:
    syntax = {"ttl": RdfFormat.TURTLE, "nt": RdfFormat.N_TRIPLES, "rdf": RdfFormat.RDF_XML}
    body = serialize(their_triples, format=syntax.get(name.split(".")[1], RdfFormat.N_QUADS))
    packed = {"gz": gzip.compress, "bz2": bz2.compress}.get(name.rpartition(".")[2], bytes)
    (tmp_path / name).write_bytes(packed(body or b""))
    result = kg("link", "wikidata", "--dump", str(tmp_path / name))
    assert result.exit_code == 0, result.output
    assert proposed(root) == RIGHT, result.output


def test_a_dump_needs_memory_for_what_is_kept_of_it_alone(
    kg: Kg, root: Path, tmp_path: Path, their_triples: tuple[Triple, ...]
) -> None:
    path = tmp_path / "dump.nt"
    label = "<http://www.w3.org/2000/01/rdf-schema#label>"
    with path.open("wb") as file:
        serialize(their_triples, output=file, format=RdfFormat.N_TRIPLES)
        for number in range(600_000):
            record = f"<{WIKIDATA}Q{10**9 + number}>"
            file.write(f'{record} {label} "thing {number}"@en .\n'.encode())
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    result = kg("link", "wikidata", "--dump", str(path))
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    assert result.exit_code == 0, result.output
    assert proposed(root) == RIGHT
    print(
        f"{path.stat().st_size / 1e6:.0f} MB of N-Triples, peak of the reader {peak / 1e3:.0f} MB"
    )
    assert peak < max(before, 150_000)


def test_a_broken_dump_is_named_with_its_line(kg: Kg, tmp_path: Path) -> None:
    path = tmp_path / "dump.nt"
    path.write_text("<http://a/a> <http://a/b> <http://a/c> .\n<http://a/a> nothing\n")
    result = kg("link", "wikidata", "--dump", str(path))
    assert result.exit_code == 1
    assert result.stderr.startswith(f"{path}:2:")


def test_a_file_that_is_no_dump_is_refused(kg: Kg, tmp_path: Path) -> None:
    (tmp_path / "dump.csv").write_text("a,b\n")
    (tmp_path / "dump.nt.gz").write_text("not packed")
    for name, wrong in {
        "dump.csv": "its name does not tell its syntax",
        "other.nt": "there is no file",
        "dump.nt.gz": "it is not gzip",
    }.items():
        result = kg("link", "wikidata", "--dump", str(tmp_path / name))
        assert result.exit_code == 1
        assert wrong in result.stderr
