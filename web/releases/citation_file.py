"""`/CITATION.cff`: how to cite the dataset, in the Citation File Format 1.2.0.

https://github.com/citation-file-format/citation-file-format. JSON is YAML, so no library of YAML is
needed to write it.
"""

from __future__ import annotations

import json

from flask import Blueprint, request
from werkzeug.wrappers import Response

from kg.pipeline.describe import DATASET
from kg.releases.catalogue_texts import catalogue_texts
from kg.releases.history import releases
from web.request.hosts import root
from web.serving.current_build import store

bp = Blueprint("citation_file", __name__)

# https://www.rfc-editor.org/rfc/rfc9512
YAML = "application/yaml"


@bp.get("/CITATION.cff")
def send_citation_file() -> Response:
    """Say how to cite the current release."""
    texts, newest, here = catalogue_texts(), releases(store())[0], root(request.environ)
    fields = {
        "cff-version": "1.2.0",
        "message": "If you use this data, please cite it as below.",
        "type": "dataset",
        "title": texts.dataset_title,
        "abstract": texts.dataset_description,
        "authors": [{"name": texts.publisher, "website": f"{here}/about"}],
        "version": newest.number,
        **({"date-released": newest.day} if newest.day else {}),
        "license": "CC-BY-4.0",
        "url": f"{here}/data",
        "identifiers": [{"type": "url", "value": DATASET.value}],
        "keywords": list(texts.keywords),
    }
    lines = (f"{json.dumps(k)}: {json.dumps(v, ensure_ascii=False)}" for k, v in fields.items())
    return Response("\n".join(lines) + "\n", content_type=f"{YAML}; charset=utf-8")
