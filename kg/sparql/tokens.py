r"""The tokens of SPARQL text, after the terminals of the SPARQL 1.1 grammar.

https://www.w3.org/TR/sparql11-query/#sparqlGrammar, rules 139 to 173. Every reader of query text
stands on this one. It takes any text: what is no terminal becomes an `invalid` token, an unclosed
string an `unclosed` one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

# PN_CHARS_BASE and PN_CHARS (rules 164 and 167), for use within brackets.
_BASE = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_VARIABLE_CHARS = f"{_BASE}_0-9\u00b7\u0300-\u036f\u203f\u2040"
_CHARS = f"-{_VARIABLE_CHARS}"
_ESCAPE = r"%[0-9A-Fa-f]{2}|\\[_~.!$&'()*+,;=/?\#@%-]"

# Terminals as sources of expressions: `kg.sparql.form` composes the shape of a look-up from them.
# Every repeat is possessive, and what one alternative reads in vain (a word without a colon, an
# unclosed string) the next one takes as a piece, so a text is read in linear time.
IRI = r"""<[^<>"{}|^`\\\x00-\x20]*+>"""
VARIABLE = rf"[?$][{_BASE}_0-9][{_VARIABLE_CHARS}]*+"
NAME = (
    rf"(?:[{_BASE}](?:[{_CHARS}.]*+(?<!\.))?+)?+:(?:(?:[{_BASE}_:0-9]|{_ESCAPE})"
    rf"(?:[{_CHARS}:]++|\.++(?=[{_CHARS}:]|{_ESCAPE})|{_ESCAPE})*+)?+"
)
# Another parser may take anything between angle brackets for an IRI.
_ANY_IRI = r"<[^<>\s]*+>"
_NUMBER = r"[+-]?+(?:[0-9]++(?:\.[0-9]++|\.(?=[eE][+-]?[0-9]))?+|\.[0-9]++)(?:[eE][+-]?+[0-9]++)?+"
_TOKENS = rf"""
    (?:
      (?P<punctuation>[][(){{}},;]|\.(?![0-9]))
    | (?P<variable>{VARIABLE})
    | (?P<name>{NAME})
    | (?P<word>[{_BASE}][{_CHARS}.]*+)
    | (?P<iri>{IRI})
    | (?P<string>\"{{3}}(?:[^"\\]|\\.|"(?!""))*+\"{{3}} | '{{3}}(?:[^'\\]|\\.|'(?!''))*+'{{3}}
        | "(?!"")(?:[^"\\\r\n]|\\[^\r\n])*+" | '(?!'')(?:[^'\\\r\n]|\\[^\r\n])*+')
    | (?P<unclosed>\"{{3}}.*+ | '{{3}}.*+ | ["'][^\r\n]*+)
    | (?P<blank>_:[{_BASE}_0-9](?:[{_CHARS}]++|\.++(?=[{_CHARS}]))*+)
    | (?P<number>{_NUMBER})
    | (?P<language>@[A-Za-z]++(?:--?[A-Za-z0-9]++)*+)
    | \#[^\r\n]*+
    | (?P<operator>&&|\|\||\^\^|[<>!]=|[=<>!*/+|^?-])
    | (?P<invalid>[^ \t\r\n])
    )[ \t\r\n]*+"""
_TOKEN = re.compile(_TOKENS, re.VERBOSE | re.DOTALL)
_LENIENT_TOKEN = re.compile(_TOKENS.replace(IRI, _ANY_IRI), re.VERBOSE | re.DOTALL)
_PIECE = re.compile(r"(?P<number>[0-9]++)|(?P<word>[^.-]++)|(?P<punctuation>\.)|(?P<operator>-)")
_CODE_POINT = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_BEYOND_UNICODE = 0x110000


class Token(NamedTuple):
    """A token, by its kind, and the offset at which it starts in the text.

    Kinds: iri, name (prefixed), blank, variable, string, language, number, word (a keyword, a
    function, `a`, true or false), punctuation (brackets too), operator, unclosed and invalid.
    """

    kind: str
    text: str
    start: int

    @property
    def end(self) -> int:
        """Return the offset behind the token."""
        return self.start + len(self.text)

    @property
    def keyword(self) -> str:
        """Return a word in upper case, "" for any other token."""
        return self.text.upper() if self.kind == "word" else ""


# Several readers look at a query one after the other. 16 KB make at most 2 MB of tokens.
@lru_cache(maxsize=4)
def tokenize(text: str, lenient: bool = False) -> tuple[Token, ...]:
    """Return the tokens of a text, without comments.

    `lenient` takes for an IRI whatever stands between angle brackets without white space.

    >>> [token.kind for token in tokenize("ASK { ?s x:p 'o'@en . } # a comment")]
    ['word', 'punctuation', 'variable', 'name', 'string', 'language', 'punctuation', 'punctuation']
    >>> [token.text for token in tokenize("?o.x:a.b.true.ASK 1.e5.2")]
    ['?o', '.', 'x:a.b.true.ASK', '1.e5', '.2']
    """
    expression = _LENIENT_TOKEN if lenient else _TOKEN
    tokens: list[Token] = []
    for match in expression.finditer(text):
        kind = match.lastgroup
        if kind is None:  # a comment
            continue
        # Half the time goes into making tokens; Token(…) itself would take twice as long.
        token = tuple.__new__(Token, (kind, match[kind], match.start()))
        if kind == "word" and not token.text.isalnum():
            tokens += _pieces(token)
        else:
            tokens.append(token)
    return tuple(tokens)


def _pieces(run: Token) -> Iterator[Token]:
    """Yield the tokens of a run of letters, full stops and hyphens that no colon made a name."""
    for match in _PIECE.finditer(run.text):
        yield Token(match.lastgroup or "", match[0], run.start + match.start())


def fits(tokens: Sequence[Token], at: int, shape: str) -> bool:
    """Tell whether the tokens from a place on have a shape.

    It is written as pieces between spaces: a kind, a keyword or a text, or several with `/`.

    >>> fits(tokenize("SELECT (MIN(?day) AS ?first)"), 1, "( MIN/MAX ( variable )")
    True
    """
    pieces = shape.split()
    return len(tokens) >= at + len(pieces) and all(
        {token.kind, token.keyword, token.text} & set(piece.split("/"))
        for token, piece in zip(tokens[at : at + len(pieces)], pieces, strict=False)
    )


def resolve_escapes(text: str) -> str:
    r"""Replace code point escapes by their characters (SPARQL 1.1, 19.2).

    >>> resolve_escapes(r"\u0053ERVICE")
    'SERVICE'
    """
    return _CODE_POINT.sub(_character, text) if "\\" in text else text


def readings(query: str) -> set[str]:
    """Return a query as written and with its code point escapes resolved.

    Parsers differ in when they resolve them, so what must not be missed is looked for in both.
    """
    return {query, resolve_escapes(query)}


def _character(escape: re.Match[str]) -> str:
    code = int(escape[1] or escape[2], 16)
    return chr(code) if code < _BEYOND_UNICODE else escape[0]
