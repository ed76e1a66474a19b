"""Ask another dataset for targets of links: many at once if it can be queried, else one by one."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from urllib.parse import urldefrag, urlencode

from pyoxigraph import NamedNode

from kg.link_check.target_answer import TargetAnswer, landed
from kg.link_check.target_record import TargetRecord, parse_triples, read_records
from kg.linking.candidates.questions import with_terms
from kg.model.outside_datasets import OutsideDataset
from kg.model.text_files import read
from kg.outside.client import OutsideClient
from kg.outside.errors import (
    NoNetwork,
    OutsideError,
    OutsideMalformed,
    OutsideRefused,
    OutsideStatus,
)
from kg.outside.record_reader import RecordTask, UnreadableRecord, read_record, record_syntax
from kg.outside.response_files import OutsideResponse

# As many as Wikidata's own interface takes at once (https://www.wikidata.org/w/api.php).
TOGETHER = 50
# After so many failures in a row a dataset is left alone.
FAILURES = 3

_QUERIES = Path(__file__).with_name("queries")
_TURTLE = "text/turtle, application/n-triples;q=0.9"
_RDF = f"{_TURTLE}, application/rdf+xml;q=0.8"
_FORM = "application/x-www-form-urlencoded"
_READING_SECONDS = 20.0
_GONE, _NO_HEAD, _ERROR = {404, 410}, {405, 501}, 400


class TargetAsker:
    """Asks one dataset, at the pace of the client; after failures in a row it asks no more."""

    def __init__(
        self, client: OutsideClient, dataset: OutsideDataset, classes: Collection[str] = ()
    ) -> None:
        """Take the classes that matter: of other classes of the dataset none is asked for."""
        self._client, self._dataset = client, dataset
        self._classes = sorted(each for each in classes if each.startswith(dataset.classes))
        self._query = check_query(dataset.id) if dataset.sparql else ""
        self._failures = 0
        self.reached = False
        self.no_network: NoNetwork | None = None

    def answers(self, identifiers: Sequence[str]) -> Iterator[TargetAnswer]:
        """Yield the answer about each record, as they come."""
        size = TOGETHER if self._query else 1
        failure = ""
        for start in range(0, len(identifiers), size):
            some = identifiers[start : start + size]
            if self._failures >= FAILURES:
                left = f"it was not asked, as {self._dataset.name} failed before: {failure}"
                yield from (TargetAnswer(each, failure=left) for each in some)
                continue
            for answer in self._answers(some):
                failure = answer.failure or failure
                yield answer

    def _answers(self, identifiers: Sequence[str]) -> Iterator[TargetAnswer]:
        try:
            records = self._records(identifiers) if self._query else {}
        except OutsideError as error:
            self._failed(error)
            yield from (TargetAnswer(each, failure=str(error)) for each in identifiers)
            return
        for each in identifiers:
            if each in records:
                yield TargetAnswer(each, records[each])
            else:
                # That a copy has no record does not mean that there is none.
                yield self._alone(each)

    def _records(self, identifiers: Sequence[str]) -> Mapping[str, TargetRecord]:
        targets = [NamedNode(self._dataset.iri(each)) for each in identifiers]
        classes = list(map(NamedNode, self._classes))
        query = with_terms(self._query, **{"target": targets, "class": classes})
        body = urlencode({"query": query}).encode()
        response = self._client.post(self._dataset.sparql, body, _FORM, _TURTLE, max_age=0)
        self._succeeded()
        return read_records(parse_triples(response), self._dataset)

    def _alone(self, identifier: str) -> TargetAnswer:
        address = self._dataset.record_address(identifier)
        address = address or self._dataset.page_address(identifier)
        try:
            response = self._response(address)
            answer = landed(response, self._dataset, identifier)
            if self._dataset.record and not answer.elsewhere:
                answer = replace(answer, record=self._record(response, identifier))
        except OutsideStatus as error:
            return self._by_status(identifier, error.status, error)
        except OutsideRefused as error:
            # The client does not follow a redirect to a host that is of no dataset.
            if error.url != address:
                return TargetAnswer(identifier, elsewhere=error.url)
            return self._failed_answer(identifier, error)
        except OutsideError as error:
            return self._failed_answer(identifier, error)
        self._succeeded()
        return answer

    def _response(self, address: str) -> OutsideResponse:
        if self._dataset.record:
            return self._client.get(address, _RDF, max_age=0)
        response = self._client.head(address)
        if response.status in _NO_HEAD:
            return self._client.get(address, max_age=0)
        if response.status >= _ERROR:
            raise OutsideStatus(response.url, response.status)
        return response

    def _record(self, response: OutsideResponse, identifier: str) -> TargetRecord | None:
        syntax = record_syntax(response.media_type)
        if not syntax:
            media = response.media_type[:80] or "no media type"
            raise OutsideMalformed(response.url, f"sends {media} where RDF is expected")
        iri = self._dataset.iri(identifier)
        iris = tuple(dict.fromkeys((iri, *self._dataset.records(iri))))
        task = RecordTask(syntax, iris, check_query("record"))
        try:
            triples = read_record(response.body, task, _READING_SECONDS)
        except UnreadableRecord as error:
            wrong = f"sends a record that cannot be read: {error}"
            raise OutsideMalformed(response.url, wrong) from error
        return next(iter(read_records(triples, self._dataset).values()), None)

    def _by_status(self, identifier: str, status: int, error: OutsideError) -> TargetAnswer:
        if status in _GONE:
            self._succeeded()
            return TargetAnswer(identifier, status=status)
        return replace(self._failed_answer(identifier, error), status=status)

    def _failed_answer(self, identifier: str, error: OutsideError) -> TargetAnswer:
        self._failed(error)
        return TargetAnswer(identifier, failure=str(error))

    def _failed(self, error: OutsideError) -> None:
        self._failures += 1
        # Whoever cannot be reached once is not tried for every link.
        if isinstance(error, NoNetwork):
            self.no_network, self._failures = error, FAILURES

    def _succeeded(self) -> None:
        self._failures, self.reached = 0, True


def has_addresses(dataset: OutsideDataset) -> bool:
    """Tell whether each record has an address: a fragment of one page for all tells nothing.

    >>> from dataclasses import replace
    >>> from kg.model.outside_datasets import outside_datasets
    >>> dataset = outside_datasets()["m49"]
    >>> has_addresses(dataset), has_addresses(replace(dataset, page="https://example.org/#{id}"))
    (True, False)
    """
    return "{id}" in urldefrag(dataset.record or dataset.page).url


@cache
def check_query(name: str) -> str:
    """Return a query of `kg/link_check/queries`, "" if there is none of that name."""
    path = _QUERIES / f"{name}.rq"
    return read(path) if path.is_file() else ""
