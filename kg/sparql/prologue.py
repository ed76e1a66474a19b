"""The prologue of a query, BASE and PREFIX, and the IRIs that it makes of what follows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urljoin

from kg.model.errors import QueryError
from kg.sparql.tokens import Token, tokenize

# Each IRI is joined to all bases before it, so reading them would take quadratic time.
_MOST_BASES, _LONGEST_BASE = 20, 1000
_FORMS = {"SELECT", "CONSTRUCT", "ASK", "DESCRIBE"}


@dataclass(frozen=True)
class Prologue:
    """The last base of a query, and its namespaces by prefix with the colon."""

    base: str
    namespaces: Mapping[str, str]

    def iri(self, token: Token) -> str:
        r"""Return the absolute IRI of an `iri` or a `name`; an undeclared prefix counts as empty.

        >>> Prologue("http://a.example/b", {"x:": "urn:"}).iri(Token("name", r"x:c\-d", 0))
        'urn:c-d'
        """
        if token.kind == "iri":
            return _join(self.base, token.text)
        prefix, _, local = token.text.partition(":")
        return self.namespaces.get(f"{prefix}:", "") + local.replace("\\", "")


def read_prologue(tokens: Sequence[Token], base: str = "") -> Prologue:
    """Read the declarations before the form of a query; relative IRIs are so to `base`.

    The engine reports what is malformed. QueryError for too many or too long bases.
    """
    bases = 0
    namespaces: dict[str, str] = {}
    for token, after, last in zip(tokens, tokens[1:], tokens[2:], strict=False):
        keyword = token.keyword
        if keyword in _FORMS:
            break
        if keyword == "BASE":
            base, bases = _join(base, after.text), bases + 1
            if bases > _MOST_BASES or len(base) > _LONGEST_BASE:
                raise QueryError(
                    f"BASE stands here more than {_MOST_BASES} times, or comes to more than "
                    f"{_LONGEST_BASE:,} characters; write absolute IRIs"
                )
        elif keyword == "PREFIX":
            namespaces[after.text] = _join(base, last.text)
    return Prologue(base, namespaces)


def iris(query: str, namespaces: Mapping[str, str]) -> Iterator[str]:
    """Yield the absolute IRI of each IRI and prefixed name of a query, in the order written.

    `namespaces`, by prefix without the colon, serve where the query declares none.
    """
    tokens = tokenize(query)
    declared = read_prologue(tokens)
    defaults = {f"{prefix}:": namespace for prefix, namespace in namespaces.items()}
    prologue = Prologue(declared.base, {**defaults, **declared.namespaces})
    return (prologue.iri(token) for token in tokens if token.kind in {"iri", "name"})


def _join(base: str, iri: str) -> str:
    try:
        return urljoin(base, iri.strip("<>"))
    except ValueError:  # an invalid IRI: the engine reports it
        return iri.strip("<>")
