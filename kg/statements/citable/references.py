"""What a thing, statement, source, sentence or answer is cited as."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from kg.model.prefixes import BASE, SOURCE, STATEMENT
from kg.model.text import truncate
from kg.model.translations import gettext
from kg.references.reference import CitedKind, Edition, Reference
from kg.sparql.named_queries import named_queries, named_query, title
from kg.statements.citable.statement_account import StatementAccount
from kg.statements.documents import SourceDocument
from kg.statements.sentences import Sentence, original_links
from kg.store.store import Store
from kg.terms.display import DisplayValue, display_thing
from kg.terms.slugs import thing_node
from kg.terms.vocabulary import read_vocabulary

_NAME = "aide-memoire"


def permanent_address(iri: str, edition: Edition) -> str:
    """Return an IRI of ours with the build that is cited.

    >>> permanent_address("https://w3id.org/aide-memoire/id/japan", Edition("00aa"))
    'https://w3id.org/aide-memoire/id/japan?build=00aa'
    """
    return f"{iri}{'&' if '?' in iri else '?'}build={edition.number}"


def thing_reference(store: Store, slug: str, edition: Edition) -> Reference:
    """Return the reference to the page of a thing; NotFound as `thing_node`."""
    thing = display_thing(read_vocabulary(store), thing_node(store, slug).value)
    address = permanent_address(thing.iri, edition)
    return Reference(CitedKind.PAGE, f"{_NAME}-{slug}", thing.text, address, edition)


def statement_reference(store: Store, account: StatementAccount, edition: Edition) -> Reference:
    """Return the reference to a statement, with the places of the sentences that support it."""
    return Reference(
        CitedKind.STATEMENT,
        f"{_NAME}-statement-{account.key}",
        account.words,
        permanent_address(STATEMENT + account.key, edition),
        edition,
        notes=tuple(_evidence(store, account)),
    )


def source_reference(document: SourceDocument, edition: Edition) -> Reference:
    """Return the reference to a source."""
    return _document_reference(document, document.iri, edition, "", document.addresses)


def sentence_reference(
    store: Store, document: SourceDocument, sentence: Sentence, edition: Edition
) -> Reference:
    """Return the reference to a sentence of a source, with the link that opens it there."""
    links = original_links(store, sentence)
    return _document_reference(document, sentence.iri, edition, sentence.place, links)


def named_answer_reference(store: Store, name: str, edition: Edition) -> Reference:
    """Return the reference to the answer to a named query; NotFound suggests similar names."""
    text = named_query(store.texts, name)
    address = permanent_address(f"{BASE}query/{name}", edition)
    return Reference(
        CitedKind.ANSWER, f"{_NAME}-query-{name}", title(text) or name, address, edition
    )


def answer_reference(store: Store, query: str, edition: Edition) -> Reference:
    """Return the reference to the answer to any query: by name if it has one."""
    for named in named_queries(store.texts):
        # Pages offer the text without the line that makes it an example.
        if title(named.text) == title(query) and query.strip() in _forms(named.text):
            return named_answer_reference(store, named.name, edition)
    address = permanent_address(f"{BASE}sparql?query={quote(query, safe='')}", edition)
    words = truncate(title(query)) or gettext("Answer to a SPARQL query")
    return Reference(CitedKind.ANSWER, f"{_NAME}-query", words, address, edition)


def _forms(text: str) -> tuple[str, str]:
    first, _, rest = text.partition("\n")
    shown = rest.partition("\n")[2] if rest.startswith("# example ") else rest
    return text.strip(), f"{first}\n{shown}".strip()


def _document_reference(
    document: SourceDocument, iri: str, edition: Edition, place: str, links: tuple[str, ...]
) -> Reference:
    return Reference(
        CitedKind.SOURCE,
        f"{_NAME}-{iri.removeprefix(SOURCE)}",
        document.title or document.label or document.iri,
        permanent_address(iri, edition),
        edition,
        authors=_texts(document.creators),
        publishers=_texts(document.publishers),
        issued=document.issued,
        place=place,
        language=document.languages[0] if len(document.languages) == 1 else "",
        original=links[0] if links else "",
    )


def _texts(values: tuple[DisplayValue, ...]) -> tuple[str, ...]:
    return tuple(value.text for value in values)


def _evidence(store: Store, account: StatementAccount) -> Iterator[str]:
    for sentence in account.cited_sentences:
        link = next(iter(original_links(store, sentence)), sentence.iri)
        values = {"title": sentence.title, "place": sentence.place, "link": link}
        yield gettext("Source: %(title)s, %(place)s, %(link)s.", **values)
    for claim in account.claims:
        yield gettext("Claimed in: %(claim)s.", claim=claim.claim.text)
