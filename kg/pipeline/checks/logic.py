"""Whether the ontology makes sense as logic: HermiT by way of owlready2, in a process apart."""

from __future__ import annotations

import contextlib
import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor

from pyoxigraph import NamedNode, RdfFormat, Triple, serialize

from kg.model.errors import KGError
from kg.model.prefixes import NAMESPACES, ROOT, node, shorten

SKIPPED = "skipped: no Java"
# Seconds. Reasoning over OWL 2 DL has no practical bound, and a build must end:
# https://www.w3.org/TR/owl2-profiles/#Computational_Properties
_LIMIT = 120
# A JVM that lives for a second gains nothing from its optimising compiler: 2.2 s -> 1.7 s.
_JAVA = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
# OWL 2 has no such datatypes (https://www.w3.org/TR/owl2-syntax/#Datatype_Maps), so HermiT
# refuses an ontology that names them; SHACL and the checks see to these ranges.
_FOREIGN = frozenset(
    node(f"xsd:{name}").value for name in ("date", "gYear", "gYearMonth", "time", "duration")
)
_LOGIC = tuple(NAMESPACES[name] for name in ("rdf", "rdfs", "owl"))
_ANNOTATIONS = frozenset(
    node(f"rdfs:{name}").value for name in ("label", "comment", "isDefinedBy", "seeAlso")
)


def start_reasoner(triples: Iterable[Triple]) -> Future[list[str] | None]:
    """Start reasoning over an ontology; the future says what is wrong, None without Java."""
    pool = ThreadPoolExecutor(max_workers=1)
    axioms = [t for t in triples if _logical(t)]
    body = serialize(axioms, format=RdfFormat.N_TRIPLES) or b""
    try:
        return pool.submit(_ask, body)
    finally:
        # The thread ends after its one task; the future outlives the pool.
        pool.shutdown(wait=False)


def _logical(triple: Triple) -> bool:
    predicate, target = triple.predicate.value, triple.object
    foreign = isinstance(target, NamedNode) and target.value in _FOREIGN
    return predicate.startswith(_LOGIC) and predicate not in _ANNOTATIONS and not foreign


def _ask(body: bytes) -> list[str] | None:
    if shutil.which("java") is None:
        return None
    # A separate process: owlready2 prints to standard output, and keeps the world in a global.
    env = os.environ | {"JDK_JAVA_OPTIONS": _JAVA}
    try:
        child = subprocess.run(
            # Without -P, a folder called kg where the command runs would go before ours.
            [sys.executable, "-P", "-m", "kg.pipeline.checks.logic"],
            input=body,
            capture_output=True,
            cwd=ROOT,
            timeout=_LIMIT,
            env=env,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise KGError(f"HermiT has not finished after {_LIMIT} s") from error
    if child.returncode:
        last = child.stderr.decode(errors="replace").strip().splitlines()[-1:]
        raise KGError(f"HermiT could not read the ontology: {' '.join(last)}")
    answer: list[str] = json.loads(child.stdout)
    return answer


def _main() -> None:
    with contextlib.redirect_stdout(sys.stderr):
        wrong = _wrong(sys.stdin.buffer.read())
    sys.stdout.write(json.dumps(wrong))


def _wrong(body: bytes) -> list[str]:
    import owlready2

    world = owlready2.World()
    world.get_ontology("urn:ontology").load(fileobj=io.BytesIO(body), format="ntriples")
    try:
        owlready2.sync_reasoner_hermit(world, debug=0)
    except owlready2.OwlReadyInconsistentOntologyError:
        return ["the ontology contradicts itself"]
    empty = (cls for cls in world.inconsistent_classes() if cls is not owlready2.Nothing)
    return [f"nothing can be a {name}" for name in sorted(shorten(cls.iri) for cls in empty)]


if __name__ == "__main__":
    _main()
