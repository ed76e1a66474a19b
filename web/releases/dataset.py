"""The dataset in the words of schema.org, for search engines of data.

https://developers.google.com/search/docs/appearance/structured-data/dataset
"""

from __future__ import annotations

from typing import Any

from kg.model.formats import graph_format
from kg.model.languages import LANGUAGES
from kg.pipeline.describe import DATASET
from kg.pipeline.publication.dump_files import DUMP_STEM
from kg.releases.catalogue_texts import catalogue_texts
from kg.releases.downloads import downloads
from kg.releases.history import releases
from kg.store.dump import DUMPS, TooManyStatements
from kg.store.store import Store
from kg.things.schema_org import SCHEMA
from web.serving.graph_response import LICENCE


def dataset_record(store: Store, root: str) -> dict[str, Any]:
    """Describe the dataset with its files; `root` is the address of the site.

    https://schema.org/Dataset
    """
    properties = dataset_properties(store, root)
    return {"@context": {"@vocab": SCHEMA}, **properties, "distribution": _files(store, root)}


def dataset_properties(store: Store, root: str) -> dict[str, Any]:
    """Describe the dataset as part of a document that has the context, its files in brief."""
    texts, newest = catalogue_texts(), releases(store)[0]
    oldest = releases(store)[-1]
    dates = {"dateModified": newest.published, "datePublished": oldest.published}
    return {
        "@type": "Dataset",
        # The same IRI as in the VoID description, whatever host serves the copy.
        "@id": DATASET.value,
        "url": f"{root}/data",
        "name": texts.dataset_title,
        "description": texts.dataset_description,
        "license": LICENCE,
        "isAccessibleForFree": True,
        "creator": {"@type": "Organization", "name": texts.publisher, "url": f"{root}/"},
        "keywords": list(texts.keywords),
        "inLanguage": list(LANGUAGES),
        "version": newest.number,
        **{name: day for name, day in dates.items() if day},
        "includedInDataCatalog": {"@type": "DataCatalog", "name": texts.catalogue_title},
        "distribution": [
            {
                "@type": "DataDownload",
                "contentUrl": f"{root}/dump/{DUMP_STEM}{name}",
                "encodingFormat": form.media_type,
            }
            for name in DUMPS
            if (form := graph_format(name))
        ],
    }


def _files(store: Store, root: str) -> list[dict[str, Any]]:
    try:
        files = downloads(store)
    except TooManyStatements:
        return []
    return [
        {
            "@type": "DataDownload",
            "contentUrl": f"{root}/dump/{file.file}",
            "encodingFormat": file.form.media_type,
            "contentSize": f"{file.digest.size} B",
            "sha256": file.digest.sha256,
        }
        for file in files
        if not file.packing
    ]
