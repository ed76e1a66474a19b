"""The catalogue of the dataset, its releases and services, in DCAT-AP."""

from __future__ import annotations

from flask import Blueprint, current_app, redirect, request
from pyoxigraph import DefaultGraph
from werkzeug.wrappers import Response

from kg.model.formats import DATASETS
from kg.model.named_graphs import in_graph
from kg.releases.catalogue import CATALOGUE, data_catalogue
from web import urls
from web.request.hosts import root
from web.request.negotiate import HTML
from web.request.offered_types import wanted
from web.root_path import root_path
from web.serving.current_build import store
from web.serving.graph_response import graph_response

bp = Blueprint("catalogues", __name__)


@bp.get("/catalogue")
def send_catalogue() -> Response:
    """Send the catalogue as RDF; redirect browsers to the data page."""
    media = wanted()
    if media == HTML:
        return redirect(root_path().pages + urls.DATA_PAGE, 303)
    triples = data_catalogue(store(), root(request.environ), current_app.config["CONTACT"])
    if any(form.media_type == media for form in DATASETS):
        named = [in_graph(CATALOGUE, triple) for triple in triples]
        return graph_response(
            [*named, *(in_graph(DefaultGraph(), triple) for triple in triples)], media
        )
    return graph_response(triples, media)
