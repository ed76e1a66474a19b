"""The dataset, its releases and its services described by DCAT-AP 3, as served at an address.

https://semiceu.github.io/DCAT-AP/releases/3.0.1/. Terms of the EU's authority tables are named, not
fetched. Sizes and hashes are those of the dumps, which the build's own description cannot hold, as
it is part of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.model.dates import period
from kg.model.formats import graph_format
from kg.model.prefixes import BASE
from kg.pipeline.describe import DATASET, LICENCE
from kg.pipeline.publication.release import Release
from kg.releases.catalogue_texts import THEMES, CatalogueTexts, ServiceText, catalogue_texts
from kg.releases.dcat_terms import about, date_time, term, typed, with_title
from kg.releases.downloads import PACKED_TYPES, Download, downloads
from kg.releases.history import releases
from kg.releases.wording import changes_in_words
from kg.statements.documents import documents_by_iri
from kg.store.dump import TooManyStatements
from kg.store.store import Store

CATALOGUE = NamedNode(BASE + "catalogue")
SERIES = NamedNode(BASE + "catalogue#releases")

_MEDIA = "https://www.iana.org/assignments/media-types/"
_PUBLISHER = NamedNode(BASE + "catalogue#publisher")
_CONTACT = NamedNode(BASE + "catalogue#contact")
_DAYS = BlankNode("days")
_SHA256 = term("spdx:checksumAlgorithm_sha256")


def data_catalogue(store: Store, here: str, contact: str = "") -> list[Triple]:
    """Describe what a site serves; `here` is its address, `contact` that of its owner, if any."""
    texts, recorded = catalogue_texts(), releases(store)
    triples = [
        *_catalogue(texts, here, recorded),
        *_publisher(texts, here, contact),
        *_dataset(store, texts, here, recorded[0]),
        *_series(texts, recorded),
        *(each for name in texts.services for each in _service(texts, name, here)),
        *_classes(texts),
    ]
    return sorted(set(triples), key=str)


def release_node(release: Release) -> NamedNode:
    """Return the IRI of a release as a dataset."""
    return NamedNode(f"{BASE}catalogue#release-{release.number}")


def _catalogue(texts: CatalogueTexts, here: str, recorded: Sequence[Release]) -> Iterator[Triple]:
    services = [_service_node(name) for name in texts.services]
    yield from with_title(
        CATALOGUE, "dcat:Catalog", texts.catalogue_title, texts.catalogue_description
    )
    yield from about(CATALOGUE, "dcterms:publisher", _PUBLISHER)
    yield from about(CATALOGUE, "dcterms:license", NamedNode(texts.licence))
    yield from about(CATALOGUE, "dcat:themeTaxonomy", NamedNode(THEMES))
    yield from about(CATALOGUE, "dcterms:spatial", NamedNode(texts.area))
    yield from about(CATALOGUE, "foaf:homepage", NamedNode(f"{here}/data"))
    yield from about(CATALOGUE, "dcterms:language", *map(NamedNode, texts.languages.values()))
    yield from about(CATALOGUE, "dcat:dataset", DATASET, SERIES, *map(release_node, recorded))
    yield from about(CATALOGUE, "dcat:service", *services)
    yield from about(CATALOGUE, "dcterms:modified", *date_time(recorded[0].published))
    yield from about(CATALOGUE, "dcterms:issued", *date_time(recorded[-1].published))


def _publisher(texts: CatalogueTexts, here: str, contact: str) -> Iterator[Triple]:
    yield from typed(_PUBLISHER, "foaf:Agent")
    yield from about(_PUBLISHER, "foaf:name", Literal(texts.publisher))
    yield from about(_PUBLISHER, "foaf:homepage", NamedNode(f"{here}/about"))
    yield from typed(_CONTACT, "vcard:Kind")
    yield from about(_CONTACT, "vcard:fn", Literal(texts.publisher))
    if contact.startswith("mailto:"):
        yield from about(_CONTACT, "vcard:hasEmail", NamedNode(contact))
    yield from about(_CONTACT, "vcard:hasURL", NamedNode(f"{here}/about"))
    for page in ("about", "data"):
        yield from typed(NamedNode(f"{here}/{page}"), "foaf:Document")


def _dataset(store: Store, texts: CatalogueTexts, here: str, newest: Release) -> Iterator[Triple]:
    """Describe the current build, as the dataset of the VoID description."""
    yield from with_title(DATASET, "dcat:Dataset", texts.dataset_title, texts.dataset_description)
    yield from _of_every_release(DATASET, texts)
    yield from about(DATASET, "dcat:landingPage", NamedNode(f"{here}/data"))
    yield from about(DATASET, "dcat:version", Literal(newest.number))
    yield from about(DATASET, "dcterms:modified", *date_time(newest.published))
    yield from about(DATASET, "dcat:hasCurrentVersion", release_node(newest))
    yield from about(DATASET, "dcat:hasVersion", *map(release_node, releases(store)))
    days = list(_period(store))
    yield from days
    for release in (DATASET, release_node(newest)):
        yield from about(release, "dcterms:temporal", *([_DAYS] if days else ()))
    for download in _downloads(store):
        node = NamedNode(f"{BASE}void#dump/{download.file.partition('.')[2]}")
        for release in (DATASET, release_node(newest)):
            yield from about(release, "dcat:distribution", node)
        yield from _distribution(node, download, texts, here, newest)


def _of_every_release(dataset: NamedNode, texts: CatalogueTexts) -> Iterator[Triple]:
    yield from about(dataset, "dcterms:publisher", _PUBLISHER)
    yield from about(dataset, "dcat:contactPoint", _CONTACT)
    yield from about(dataset, "dcat:theme", NamedNode(texts.theme))
    yield from about(dataset, "dcat:keyword", *(Literal(k, language="en") for k in texts.keywords))
    yield from about(dataset, "dcterms:language", *map(NamedNode, texts.languages.values()))
    yield from about(dataset, "dcterms:spatial", NamedNode(texts.area))
    yield from about(dataset, "dcterms:accessRights", NamedNode(texts.access))
    yield from about(dataset, "dcterms:accrualPeriodicity", NamedNode(texts.frequency))


def _distribution(
    node: NamedNode, download: Download, texts: CatalogueTexts, here: str, newest: Release
) -> Iterator[Triple]:
    held = "all graphs, with the contents of claims" if download.all_graphs else "the default graph"
    file, checksum = NamedNode(f"{here}/dump/{download.file}"), BlankNode(f"sum-{download.file}")
    yield from with_title(node, "dcat:Distribution", download.file, f"{download.file}: {held}")
    yield from about(node, "dcat:accessURL", file)
    yield from about(node, "dcat:downloadURL", file)
    yield from about(node, "dcterms:license", NamedNode(texts.licence))
    yield from about(node, "dcterms:format", NamedNode(texts.formats[download.form.name]))
    yield from about(node, "dcat:mediaType", NamedNode(_MEDIA + download.form.media_type))
    if download.packing:
        yield from about(node, "dcat:compressFormat", NamedNode(_MEDIA + download.media_type))
    yield from about(node, "dcatap:availability", NamedNode(texts.availability))
    yield from about(node, "dcterms:modified", *date_time(newest.published))
    size = Literal(str(download.digest.size), datatype=term("xsd:nonNegativeInteger"))
    yield from about(node, "dcat:byteSize", size)
    yield from about(node, "spdx:checksum", checksum)
    yield from typed(checksum, "spdx:Checksum")
    yield from about(checksum, "spdx:algorithm", _SHA256)
    value = Literal(download.digest.sha256, datatype=term("xsd:hexBinary"))
    yield from about(checksum, "spdx:checksumValue", value)


def _series(texts: CatalogueTexts, recorded: Sequence[Release]) -> Iterator[Triple]:
    yield from typed(SERIES, "dcat:Dataset")
    yield from with_title(
        SERIES, "dcat:DatasetSeries", texts.series_title, texts.series_description
    )
    yield from _of_every_release(SERIES, texts)
    yield from about(SERIES, "dcterms:issued", *date_time(recorded[-1].published))
    yield from about(SERIES, "dcterms:modified", *date_time(recorded[0].published))
    for release in recorded:
        yield from _release(texts, release)
    for newer, older in pairwise(map(release_node, recorded)):
        yield from about(newer, "dcat:previousVersion", older)
        yield from about(newer, "dcat:prev", older)


def _release(texts: CatalogueTexts, release: Release) -> Iterator[Triple]:
    node = release_node(release)
    title = f"{texts.dataset_title}, release {release.number}"
    yield from with_title(node, "dcat:Dataset", title, texts.dataset_description)
    yield from _of_every_release(node, texts)
    yield from about(node, "dcat:inSeries", SERIES)
    yield from about(node, "dcat:isVersionOf", DATASET)
    yield from about(node, "dcat:version", Literal(release.number))
    yield from about(node, "dcterms:issued", *date_time(release.published))
    if release.changes:
        notes = changes_in_words(release)
        yield from about(node, "adms:versionNotes", Literal(notes, language="en"))


def _service(texts: CatalogueTexts, name: str, here: str) -> Iterator[Triple]:
    service: ServiceText = texts.services[name]
    node = _service_node(name)
    yield from with_title(node, "dcat:DataService", service.title, service.description)
    yield from about(node, "dcat:endpointURL", NamedNode(here + service.path))
    yield from about(node, "dcat:endpointDescription", NamedNode(here + service.describedby))
    yield from about(node, "dcat:servesDataset", DATASET)
    yield from about(node, "dcterms:conformsTo", NamedNode(service.conforms))
    yield from about(node, "dcterms:publisher", _PUBLISHER)
    yield from about(node, "dcat:contactPoint", _CONTACT)
    yield from about(node, "dcat:theme", NamedNode(texts.theme))
    yield from about(node, "dcat:keyword", *(Literal(k, language="en") for k in texts.keywords))
    yield from about(node, "dcterms:accessRights", NamedNode(texts.access))
    yield from about(node, "dcterms:license", NamedNode(texts.licence))


def _classes(texts: CatalogueTexts) -> Iterator[Triple]:
    """Say what the terms of authority tables are, as the profile wants it of what it names."""
    licence = NamedNode(texts.licence)
    yield from about(licence, "dcterms:title", Literal(texts.licence_title))
    yield from about(licence, "dcterms:type", NamedNode(texts.licence_type))
    yield from about(licence, "owl:sameAs", NamedNode(LICENCE))
    yield from typed(_SHA256, "spdx:ChecksumAlgorithm")
    yield from typed(NamedNode(THEMES), "skos:ConceptScheme")
    yield from about(NamedNode(THEMES), "dcterms:title", Literal(texts.labels[THEMES]))
    for iri in (texts.theme, texts.availability, texts.licence_type):
        yield from typed(NamedNode(iri), "skos:Concept")
        label = Literal(texts.labels[iri], language="en")
        yield from about(NamedNode(iri), "skos:prefLabel", label)
    yield from about(NamedNode(texts.theme), "skos:inScheme", NamedNode(THEMES))
    for name, iris in _kinds(texts).items():
        for iri in iris:
            yield from typed(NamedNode(iri), name)


def _kinds(texts: CatalogueTexts) -> dict[str, Iterable[str]]:
    """Return the IRIs that only their class is said of, by class."""
    media = [form.media_type for name in texts.formats if (form := graph_format(name))]
    return {
        "dcterms:LicenseDocument": (texts.licence,),
        "dcterms:RightsStatement": (texts.access,),
        "dcterms:Frequency": (texts.frequency,),
        "dcterms:Location": (texts.area,),
        "dcterms:LinguisticSystem": texts.languages.values(),
        "dcterms:MediaTypeOrExtent": texts.formats.values(),
        "dcterms:MediaType": [_MEDIA + name for name in (*media, *PACKED_TYPES.values())],
        "dcterms:Standard": [service.conforms for service in texts.services.values()],
    }


def _period(store: Store) -> Iterator[Triple]:
    """Describe the days from the first source to the last."""
    days = [days for one in documents_by_iri(store).values() if (days := period(one.newest))]
    if days:
        first, last = min(each.first for each in days), max(each.last for each in days)
        yield from typed(_DAYS, "dcterms:PeriodOfTime")
        for name, day in (("dcat:startDate", first), ("dcat:endDate", last)):
            literal = Literal(day.isoformat(), datatype=term("xsd:date"))
            yield from about(_DAYS, name, literal)


def _service_node(name: str) -> NamedNode:
    return NamedNode(f"{BASE}catalogue#service-{name}")


def _downloads(store: Store) -> tuple[Download, ...]:
    try:
        return downloads(store)
    except TooManyStatements:
        return ()
