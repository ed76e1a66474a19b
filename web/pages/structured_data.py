"""The site and its data in the words of schema.org, for search engines."""

from __future__ import annotations

from typing import Any

from kg.store.store import Store
from kg.things.schema_org import SCHEMA
from web.releases.dataset import dataset_properties

SITE_NAME = "Aide-Mémoire"
SITE_DESCRIPTION = "A graph of diplomacy in which every fact cites the sentence it comes from."


def site_structured_data(store: Store, root: str) -> dict[str, Any]:
    """Describe the site, with its search, and the dataset, with its files; `root` is its address.

    https://schema.org/WebSite, https://schema.org/Dataset
    """
    return {
        "@context": {"@vocab": SCHEMA},
        "@graph": [_site(root), dataset_properties(store, root)],
    }


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
