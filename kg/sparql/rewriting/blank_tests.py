"""isIRI and isBlank of blank nodes that an engine holds as IRIs."""

from __future__ import annotations

from functools import lru_cache

from kg.sparql.tokens import fits, tokenize

_TESTS = {
    "ISIRI": "({test} && !STRSTARTS(STR({term}), {begin}))",
    "ISURI": "({test} && !STRSTARTS(STR({term}), {begin}))",
    "ISBLANK": "({test} || STRSTARTS(STR({term}), {begin}))",
}


@lru_cache(maxsize=256)
def tell_blank_nodes(query: str, begin: str) -> str:
    """Return a query in which an IRI that begins so is a blank node, and no IRI.

    >>> tell_blank_nodes("ASK { ?a ?b ?c FILTER(isBlank(?c)) }", "x:")
    'ASK { ?a ?b ?c FILTER((isBlank(?c) || STRSTARTS(STR(?c), "x:"))) }'
    """
    # Most queries have none: looking for the words takes a hundredth of the tokens' time.
    text = query.upper()
    if not any(name in text for name in _TESTS):
        return query
    tokens = tokenize(query)
    written, last = [], 0
    for place, token in enumerate(tokens):
        form = _TESTS.get(token.keyword)
        # What is no variable is hardly a blank node.
        if form and fits(tokens, place + 1, "( variable )"):
            end = tokens[place + 3].end
            parts = {"test": query[token.start : end], "term": tokens[place + 2].text}
            written += [query[last : token.start], form.format(**parts, begin=f'"{begin}"')]
            last = end
    return "".join([*written, query[last:]])
