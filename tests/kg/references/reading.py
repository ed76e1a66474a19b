"""Strict readers of references, which refuse what the formats' rules do not allow."""

from __future__ import annotations

import re
from typing import Any

_ENTRY = re.compile(r"@(misc|dataset)\{([A-Za-z0-9:-]+),\n((?:  [a-z]+ = .+,\n)+)\}\n")
_FIELD = re.compile(r"  ([a-z]+) = (.+),\n")
_MONTH = re.compile("jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec")
_COMMANDS = {r"\textbackslash{}": "\\", r"\textasciitilde{}": "~", r"\textasciicircum{}": "^"}
_TEXT = re.compile(r"\\text[a-z]+\{\}|\\[{}$&#_%]|[^\\{}$&#_%~^]")
_RIS = re.compile(r"([A-Z][A-Z0-9])  - ([^\r\n]*)")


def read_bibtex(text: str) -> dict[str, str]:
    """Read one entry; fail if a brace is open, or a character is there that TeX would interpret."""
    entry = _ENTRY.fullmatch(text)
    assert entry, text
    fields = {"key": entry[2]}
    for name, value in _FIELD.findall(entry[3]):
        assert name not in fields
        fields[name] = _value(name, value)
    return fields


def _value(name: str, value: str) -> str:
    if name == "month":
        assert _MONTH.fullmatch(value)
        return value
    assert value.startswith("{")
    assert value.endswith("}")
    inner = value[1:-1]
    if name == "url":
        assert not re.search(r"[{}\\\s]", inner)
        return inner
    if name == "author":
        return " and ".join(_unbraced(part) for part in inner.split(" and "))
    return _unbraced(inner) if name == "title" else _plain(inner)


def _unbraced(text: str) -> str:
    assert text.startswith("{")
    assert text.endswith("}")
    return _plain(text[1:-1])


def _plain(text: str) -> str:
    pieces = _TEXT.findall(text)
    assert "".join(pieces) == text, f"TeX would interpret a part of {text}"
    return "".join(_COMMANDS.get(p, p[1:] if p.startswith("\\") else p) for p in pieces)


def read_ris(body: bytes) -> list[tuple[str, str]]:
    """Read one record; fail if a line is no field, or does not end with CR LF."""
    lines = body.decode("utf-8").split("\r\n")
    assert lines.pop() == ""
    fields = [_RIS.fullmatch(line) for line in lines]
    assert all(fields), lines
    pairs = [(match[1], match[2]) for match in fields if match]
    assert pairs[-1] == ("ER", "")
    assert all(value and value == value.strip() for _, value in pairs[:-1])
    return pairs


_NAME = {
    "type": "object",
    "properties": {name: {"type": "string"} for name in ("family", "given", "suffix", "literal")},
    "minProperties": 1,
    "additionalProperties": False,
}
_DATE = {
    "type": "object",
    "properties": {
        "date-parts": {
            "type": "array",
            "minItems": 1,
            "maxItems": 2,
            "items": {
                "type": "array",
                "minItems": 1,
                "maxItems": 3,
                "items": {"type": ["string", "number"]},
            },
        },
        "literal": {"type": "string"},
    },
    "additionalProperties": False,
}
_STRINGS = (
    *("title", "container-title", "publisher", "version", "language", "URL", "source", "note"),
)
# The part of CSL's schema of input data that references here may use
# (https://github.com/citation-style-language/schema).
CSL_SCHEMA: dict[str, Any] = {
    "type": "array",
    "minItems": 1,
    "items": {
        "type": "object",
        "required": ["type", "id"],
        "properties": {
            "id": {"type": ["string", "number"]},
            "type": {"enum": ["article-newspaper", "dataset", "document", "entry", "webpage"]},
            "author": {"type": "array", "items": _NAME},
            "issued": _DATE,
            "locator": {"type": ["string", "number"]},
            **{name: {"type": "string"} for name in _STRINGS},
        },
        "additionalProperties": False,
    },
}
