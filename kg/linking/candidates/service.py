"""Reconciliation services, as OpenRefine asks them (version 0.2 and before).

https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias
from urllib.parse import urlencode

from kg.outside.client import OutsideClient
from kg.outside.errors import OutsideMalformed

_FORM, _JSON = "application/x-www-form-urlencoded", "application/json"
# Records of one request for data.
_EXTENDED = 40

Cells: TypeAlias = Mapping[str, Mapping[str, Sequence[Mapping[str, Any]]]]


class ReconciliationService:
    """A service at an address: each answer is checked for what the specification demands."""

    def __init__(self, address: str, client: OutsideClient, max_age: float) -> None:
        """Take the address and the client, which paces, repeats and caches.

        A cached response serves if it is no older than `max_age` seconds.
        """
        self.address = address
        self._client, self._max_age = client, max_age
        self._manifest: dict[str, Any] | None = None

    def results(self, queries: Mapping[str, Mapping[str, Any]]) -> dict[str, list[dict[str, Any]]]:
        """Return the candidates for each query of a batch, the best first."""
        if not queries:
            return {}
        answer = self._ask({"queries": json.dumps(queries, ensure_ascii=False)})
        try:
            every = {key: list(answer[key]["result"]) for key in queries}
            for one in (one for results in every.values() for one in results):
                one["id"] = str(one["id"])
        except (KeyError, TypeError, AttributeError) as error:
            raise self.malformed("has no candidates for a query") from error
        return every

    def cells(self, ids: Iterable[str], properties: Iterable[str]) -> Cells:
        """Return the values of properties of records; nothing if the service extends no data."""
        every, wanted = sorted(ids), [{"id": one} for one in properties]
        rows: dict[str, dict[str, list[dict[str, Any]]]] = {}
        for at in range(0, len(every) if self._extends() else 0, _EXTENDED):
            asked = {"ids": every[at : at + _EXTENDED], "properties": wanted}
            answer = self._ask({"extend": json.dumps(asked)})
            try:
                for name, row in answer["rows"].items():
                    rows[name] = {one: [*filter(_is_object, row[one])] for one in row}
            except (KeyError, TypeError, AttributeError) as error:
                raise self.malformed("extends data in a form of its own") from error
        return rows

    def malformed(self, wrong: str) -> OutsideMalformed:
        """Return the error of an answer that is not as it should be."""
        hint = "is that the address of a reconciliation service?"
        return OutsideMalformed(self.address, f"{wrong} at {self.address}; {hint}")

    def _extends(self) -> bool:
        if self._manifest is None:
            self._manifest = self._read(self._client.get(self.address, _JSON, self._max_age).body)
        return isinstance(self._manifest.get("extend"), dict)

    def _ask(self, parameters: dict[str, str]) -> dict[str, Any]:
        # By POST: a batch is longer than an address may be.
        form = urlencode(parameters).encode()
        response = self._client.post(self.address, form, _FORM, _JSON, self._max_age)
        try:
            return self._read(response.body)
        except OutsideMalformed:
            if not response.from_cache:
                raise
            return self._read(self._client.post(self.address, form, _FORM, _JSON, 0).body)

    def _read(self, body: bytes) -> dict[str, Any]:
        try:
            answer = json.loads(body)
        except (ValueError, RecursionError) as error:
            raise self.malformed("sends no JSON") from error
        if not isinstance(answer, dict):
            raise self.malformed("sends no object of JSON")
        return answer


def _is_object(value: object) -> bool:
    return isinstance(value, dict)
