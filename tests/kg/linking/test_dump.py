"""Links are proposed from a dump of a dataset, read in bounded memory."""

import bz2
import gzip
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from pyoxigraph import RdfFormat, Triple, serialize

from kg.linking.candidates.dump_reader import DumpTask
from kg.linking.recorded_links import recorded_links
from kg.model.prefixes import THING
from kg.pipeline.additions.bounds import Bounds
from tests.kg.linking.servers import WIKIDATA

Kg = Callable[..., Result]
CITIES = {"batumi", "sapporo", "tbilisi", "tokyo"}
RIGHT = {"crimea", "georgia", "ivan-petrov", "japan", "talks-in-batumi", *CITIES}


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


# What ru_maxrss says of a child holds the memory of its parent, too.
READER = """
import sys
from pathlib import Path
from kg.linking.candidates.dump_reader import read_dump
records = read_dump(Path(sys.argv[1]))["records"]
status = dict(line.split(":") for line in open("/proc/self/status"))
print(records, status["VmHWM"].split()[0])
"""


def test_a_dump_needs_memory_for_what_is_kept_of_it_alone(tmp_path: Path) -> None:
    path, task = tmp_path / "dump.nt", tmp_path / "task.json"
    label = "<http://www.w3.org/2000/01/rdf-schema#label>"
    peaks = []
    for size in (1_000, 600_000):
        with path.open("w") as file:
            for number in range(size):
                file.write(f'<{WIKIDATA}Q{number}> {label} "thing {number}"@en .\n')
        bounds = Bounds(memory=2 * 10**9, seconds=300, unpacked=10**9, written=10**9)
        DumpTask(str(path), ["thing 7"], str(tmp_path / "kept.nt"), bounds).write(task)
        command = [sys.executable, "-c", READER, str(task)]
        output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        records, peak = map(int, output.split())
        assert records == 1
        peaks.append(peak)
    print(f"{path.stat().st_size / 1e6:.0f} MB of N-Triples, peaks {peaks} KB")
    assert peaks[1] < peaks[0] + 20_000


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
