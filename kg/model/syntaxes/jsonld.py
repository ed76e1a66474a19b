"""JSON-LD as people read it: with a context of our prefixes, in place of full IRIs.

The engine writes expanded form. https://www.w3.org/TR/json-ld11-api/#compaction-algorithms
"""

from __future__ import annotations

import json
import re
from typing import Any

from kg.model.prefixes import prefixes

# Read and written again, a document takes ten times its size in memory; longer ones stay expanded.
LONGEST = 8_000_000

# A prefix must end so, or a processor does not take it for one (JSON-LD 1.1, 4.1.5).
_ENDS = tuple(":/?#[]@")
_NAME = re.compile(r"(?!//)[^\s]*")
# Keys whose values are IRIs, not literals.
_IRIS = {"@id", "@type"}


def compact(body: bytes) -> bytes:
    """Write an expanded document with prefixes in a context; a long one is returned as it is.

    >>> print(compact(b'[{"@id": "https://w3id.org/aide-memoire/id/japan"}]').decode())
    {
     "@context": {
      "id": "https://w3id.org/aide-memoire/id/"
     },
     "@graph": [
      {
       "@id": "id:japan"
      }
     ]
    }
    <BLANKLINE>
    """
    if len(body) > LONGEST:
        return body
    shortening = _Shortening(body)
    graph = shortening.nodes(json.loads(body))
    context = dict(sorted(shortening.used.items()))
    document = {"@context": context, "@graph": graph}
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


class _Shortening:
    """Shortens the IRIs of a document, and notes by which prefixes."""

    def __init__(self, body: bytes) -> None:
        # Where "id:x" is itself an IRI, a prefix of that name would make another of it.
        self._namespaces = {
            name: space
            for name, space in prefixes().items()
            if space.endswith(_ENDS) and f'"{name}:'.encode() not in body
        }
        self._short: dict[str, str] = {}
        self.used: dict[str, str] = {}

    def nodes(self, nodes: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [self._node(node) for node in _gathered(nodes)]

    def _node(self, node: dict[str, Any]) -> dict[str, Any]:
        return {self._iri(name): self._value(name, value) for name, value in node.items()}

    def _value(self, name: str, value: Any) -> Any:
        if name == "@graph":
            return self.nodes(value)
        write = self._iri if name in _IRIS else self._item
        return _alone([write(one) for one in value]) if isinstance(value, list) else write(value)

    def _item(self, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        if value.keys() == {"@value"} and isinstance(value["@value"], str):
            return value["@value"]
        return self._node(value)

    def _iri(self, iri: str) -> str:
        if iri not in self._short:
            self._short[iri] = self._shortened(iri)
        return self._short[iri]

    def _shortened(self, iri: str) -> str:
        fits = [
            (len(space), name) for name, space in self._namespaces.items() if iri.startswith(space)
        ]
        for length, name in sorted(fits, reverse=True):
            if _NAME.fullmatch(iri[length:]):
                self.used[name] = self._namespaces[name]
                return f"{name}:{iri[length:]}"
        return iri


def _gathered(nodes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Merge the objects of each node: the engine starts another whenever a subject recurs."""
    merged: dict[str, dict[str, Any]] = {}
    for node in nodes:
        properties = merged.setdefault(node["@id"], {})
        for name, value in node.items():
            properties[name] = (
                [*properties.get(name, ()), *value] if isinstance(value, list) else value
            )
    return list(merged.values())


def _alone(values: list[Any]) -> Any:
    return values[0] if len(values) == 1 else values
