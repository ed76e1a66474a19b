"""The site and its data in the words of schema.org, for search engines."""

from __future__ import annotations

from typing import Any

from kg.model.formats import graph_format
from kg.pipeline.describe import DATASET
from kg.store.dump import DUMPS
from kg.things.schema_org import SCHEMA
from web.serving.graph_response import LICENCE

SITE_NAME = "Aide-Mémoire"
SITE_DESCRIPTION = "A graph of diplomacy in which every fact cites the sentence it comes from."


def site_structured_data(root: str) -> dict[str, Any]:
    """Describe the site, with its search, and the dataset, with its files; `root` is its address.

    https://schema.org/WebSite, https://schema.org/Dataset
    """
    return {"@context": {"@vocab": SCHEMA}, "@graph": [_site(root), _data(root)]}


def _site(root: str) -> dict[str, Any]:
    return {
        "@type": "WebSite",
        "@id": f"{root}/#site",
        "url": f"{root}/",
        "name": SITE_NAME,
        "description": SITE_DESCRIPTION,
        "inLanguage": "en",
        # Search engines may offer the site's own search (https://schema.org/potentialAction).
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": f"{root}/search?q={{name}}"},
            "query-input": "required name=name",
        },
    }


def _data(root: str) -> dict[str, Any]:
    forms = ((name, graph_format(name)) for name in DUMPS)
    return {
        "@type": "Dataset",
        # The same IRI as in the VoID description, whatever host serves the copy.
        "@id": DATASET.value,
        "url": f"{root}/",
        "name": f"{SITE_NAME}: a graph of diplomacy",
        "description": (
            f"{SITE_DESCRIPTION} States, leaders, meetings, measures, agreements and disputes, "
            "as RDF; what somebody claims is kept apart from what is stated."
        ),
        "license": LICENCE,
        "isAccessibleForFree": True,
        "keywords": ["diplomacy", "international relations", "knowledge graph", "RDF"],
        "distribution": [
            {
                "@type": "DataDownload",
                "contentUrl": f"{root}/dump/aide-memoire.{name}",
                "encodingFormat": form.media_type,
            }
            for name, form in forms
            if form
        ],
    }
