"""The OpenAPI document of the site, put together from its tables."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from kg.model.text_files import read
from web.request.parameters import PARAMETERS, Takes

_HERE = Path(__file__).parent
_IN_PATH = re.compile(r"{(\w+)}")
_PROBLEM = {
    "description": "What went wrong (RFC 9457)",
    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
}


def openapi_document(server: str) -> dict[str, Any]:
    """Return the document for a site at an address."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Aide-Mémoire",
            "version": version("aide-memoire"),
            "summary": "A knowledge graph of diplomacy in which every fact cites its sentence",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": server}],
        "paths": _paths(),
        "components": {"schemas": _table("schemas")},
    }


def operations() -> list[dict[str, Any]]:
    """Return the entries of the table of addresses."""
    entries: list[dict[str, Any]] = _table("operations")
    return entries


@cache
def _table(name: str) -> Any:
    return json.loads(read(_HERE / f"{name}.json"))


@cache
def _paths() -> dict[str, dict[str, Any]]:
    paths: dict[str, dict[str, Any]] = {}
    for entry in operations():
        paths.setdefault(entry["path"], {})[entry.get("method", "get")] = _operation(entry)
    return paths


def _operation(entry: Mapping[str, Any]) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": f"{entry['endpoint']}.{entry.get('method', 'get')}",
        "summary": entry["summary"],
        "tags": [entry["tag"]],
        "parameters": _parameters(entry),
        "responses": {
            entry.get("status", "200"): {
                "description": entry["answer"],
                **_content(entry.get("content", {})),
            },
            "default": _PROBLEM,
        },
    }
    if "body" in entry:
        operation["requestBody"] = {"required": True, **_content(entry["body"])}
    return operation


def _content(schemas: Mapping[str, str]) -> dict[str, Any]:
    """Return the content of an answer or a body: by media type, the name of a schema."""
    return {
        "content": {
            media: {"schema": {"$ref": f"#/components/schemas/{name}"}}
            for media, name in schemas.items()
        }
    }


def _parameters(entry: Mapping[str, Any]) -> list[dict[str, Any]]:
    described = _table("parameters")
    path = [
        {"name": name, "in": "path", "required": True, **described["path"][name]}
        for name in _IN_PATH.findall(entry["path"])
    ]
    # A body has its parameters as fields.
    takes = Takes() if "body" in entry else PARAMETERS.get(entry["endpoint"], Takes())
    left_out = entry.get("without", ())
    single = [_parameter(name, entry) for name in takes.single if name not in left_out]
    many = [_several(_parameter(name, entry)) for name in takes.many if name not in left_out]
    return [*path, *single, *many]


def _parameter(name: str, entry: Mapping[str, Any]) -> dict[str, Any]:
    described = _table("parameters")["query"][name] | entry.get("fixed", {}).get(name, {})
    return {"name": name, "in": "query", **described}


def _several(parameter: dict[str, Any]) -> dict[str, Any]:
    fewest = {"minItems": 1, "maxItems": 1} if parameter.get("required") else {}
    return {**parameter, "schema": {"type": "array", "items": parameter["schema"], **fewest}}
