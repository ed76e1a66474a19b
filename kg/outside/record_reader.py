"""Reads one record of another dataset in a process of its own.

`python -m kg.outside.record_reader TASK` is the program: the record comes on standard input, what
a query makes of it goes to standard output as N-Triples. Whatever a record does to its reader ends
with the process, whose memory and time the kernel bounds.
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse, serialize

from kg.model.errors import KGError
from kg.model.formats import graph_format
from kg.model.text_files import source_error
from kg.pipeline.additions.bounds import Bounds, confine
from kg.store.store import Store

# The largest records of Wikidata, with some hundred thousand triples, take 300 MB and 2 s.
_BOUNDS = Bounds(memory=1_000_000_000, seconds=8, unpacked=0, written=10_000_000)
# What is compared has some dozens of values.
_MOST_TRIPLES, _LONGEST_VALUE = 500, 2_000
# The status with which the program says that a record cannot be read.
_UNREADABLE = 3
_ALSO = {
    "application/xml": "rdf",
    "text/xml": "rdf",
    "text/plain": "nt",
    "application/x-turtle": "ttl",
}


class UnreadableRecord(KGError):  # noqa: N818 - the name says what happened
    """A record that is no RDF, or takes more to read than one may."""


@dataclass(frozen=True)
class RecordTask:
    """The syntax of a record, the IRIs that it may have, and the query that reads it."""

    syntax: str
    iris: tuple[str, ...]
    query: str


def record_syntax(media_type: str) -> str:
    """Return the name of the RDF format of a media type, "" for any other.

    >>> record_syntax("text/turtle"), record_syntax("text/xml"), record_syntax("text/html")
    ('ttl', 'rdf', '')
    """
    form = graph_format(_ALSO.get(media_type, media_type))
    return form.name if form else ""


def read_record(body: bytes, task: RecordTask, seconds: float) -> tuple[Triple, ...]:
    """Return what the query of a task makes of a record, read in a child process.

    UnreadableRecord says what is wrong with the record.
    """
    # Without -P, a folder called kg where the command runs would go before ours.
    command = [sys.executable, "-P", "-m", "kg.outside.record_reader", json.dumps(asdict(task))]
    try:
        done = subprocess.run(  # noqa: S603 - our own module, by the interpreter that runs this
            command, input=body, capture_output=True, timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise UnreadableRecord(f"reading it takes more than {seconds:.3g} s") from error
    if done.returncode == _UNREADABLE:
        raise UnreadableRecord(done.stdout.decode(errors="replace")[:500])
    if done.returncode:
        raise UnreadableRecord(_end(done.returncode))
    return tuple(quad.triple for quad in parse(done.stdout, format=RdfFormat.N_TRIPLES))


def triples_of(body: bytes, task: RecordTask) -> list[Triple]:
    """Return what the query of a task makes of a record: of the first of its IRIs that is there."""
    form = graph_format(task.syntax)
    if form is None:
        raise UnreadableRecord("it is no RDF")
    try:
        # A relative IRI in it is of no use to anybody.
        store = Store.of(parse(body, format=form.engine, base_iri=task.iris[0]))
    except SyntaxError as error:
        finding = source_error("", error).finding
        place = f"line {finding.line}, column {finding.column}: " if finding.line else ""
        raise UnreadableRecord(
            f"it is not valid {task.syntax} ({place}{finding.message})"
        ) from error
    for iri in task.iris:
        triples = [t for t in store.construct(task.query, record=NamedNode(iri)) if _is_short(t)]
        if triples:
            return sorted(triples, key=str)[:_MOST_TRIPLES]
    return []


def _is_short(triple: Triple) -> bool:
    value = triple.object
    named = isinstance(value, NamedNode | Literal)
    return named and len(value.value) <= _LONGEST_VALUE  # type: ignore[union-attr]


def _end(code: int) -> str:
    """Say why a child ended before it could say so itself."""
    if code in {-signal.SIGXCPU, -signal.SIGKILL}:
        return "reading it takes too long"
    if code == -signal.SIGABRT:
        return f"reading it takes more than {_BOUNDS.memory / 1e6:,.0f} MB of memory"
    return "it cannot be read"


def _main(argument: str) -> int:
    fields = json.loads(argument)
    task = RecordTask(fields["syntax"], tuple(fields["iris"]), fields["query"])
    confine(_BOUNDS)
    try:
        triples: Sequence[Triple] = triples_of(sys.stdin.buffer.read(), task)
    except KGError as error:
        sys.stdout.write(str(error))
        return _UNREADABLE
    sys.stdout.buffer.write(serialize(triples, format=RdfFormat.N_TRIPLES) or b"")
    return 0


if __name__ == "__main__":
    sys.exit(_main(sys.argv[1]))
