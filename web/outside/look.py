"""What a linked dataset says of a thing, beside what we say: a page, JSON, an image."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Blueprint, jsonify, make_response, render_template, request
from flask.sansio.blueprints import BlueprintSetupState
from werkzeug.exceptions import Forbidden
from werkzeug.wrappers import Response

from kg.model.errors import NotFound
from kg.outside.comparison import AspectRow
from kg.outside.errors import OutsideError
from kg.outside.image import CreditedImage, Permit, thumbnail
from kg.outside.look_through import (
    LinkedRecord,
    LookThrough,
    fetched_record,
    linked_records,
    look_through,
    record_image,
)
from kg.terms.display import DisplayValue
from web.errors import error_kind
from web.outside.look_access import KEY, LookAccess, can_look, look_access
from web.request.negotiate import HTML
from web.request.offered_types import wanted
from web.serving.current_build import store
from web.serving.public_queries import client_of

bp = Blueprint("look", __name__)
bp.add_app_template_global(can_look)

# What a browser says that fetches what nobody has asked for yet.
_AHEAD = ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz")
_DAY = 86_400


@bp.record_once
def provide_access(state: BlueprintSetupState) -> None:
    """Give the application its access to other datasets, as its settings say."""
    state.app.extensions[KEY] = LookAccess.of(state.app.config)


@bp.get("/look/<path:slug>/<dataset>")
def show_record(slug: str, dataset: str) -> Response:
    """Show what a linked record says now; with `record`, not the closest one but that.

    The dataset is asked, unless it was within a day. Neither page nor JSON may be cached: they say
    more than the build does.
    """
    access = _permitted()
    records = linked_records(store(), slug, dataset)
    linked = _chosen(records)
    media = wanted()
    try:
        look = _look(access, linked)
    except OutsideError as error:
        if media != HTML:
            raise
        page = render_template("look.html", linked=linked, look=None, failure=error, others=())
        response = make_response(page, error_kind(error).status)
    else:
        others = [one for one in records if one is not linked]
        values = {"linked": linked, "look": look, "others": others, "at": _moment(look)}
        page = render_template("look.html", **values)
        response = make_response(page) if media == HTML else jsonify(_record(look))
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


@bp.get("/look/<path:slug>/<dataset>/image")
def send_image(slug: str, dataset: str) -> Response:
    """Send the image of a record that was shown, from Wikimedia Commons, as this server checked it.

    404 unless the record was looked at within a day and names an image with a licence.
    """
    access = _permitted()
    linked = _chosen(linked_records(store(), slug, dataset))
    record = access.records.cached(linked.dataset, linked.link.record)
    image = record_image(access.client, record, _permit(access)) if record else None
    if image is None:
        raise NotFound(f"image of {slug} from {linked.dataset.name} that was looked at")
    media, body = thumbnail(access.client, image.name, _permit(access))
    response = Response(body, mimetype=media)
    response.headers["Cache-Control"] = f"max-age={_DAY}"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _permitted() -> LookAccess:
    access = look_access()
    if any("prefetch" in request.headers.get(name, "").lower() for name in _AHEAD):
        raise Forbidden("another dataset is asked only when a reader opens the page")
    return access


def _permit(access: LookAccess) -> Permit:
    client = client_of(request.remote_addr or "")
    return lambda: access.gate.enter(client)


def _chosen(records: tuple[LinkedRecord, ...]) -> LinkedRecord:
    wanted_id = request.args.get("record", "")
    if not wanted_id:
        return records[0]
    for linked in records:
        if linked.link.identifier == wanted_id:
            return linked
    linked = records[0]
    raise NotFound(f"link from {linked.thing.text} to {wanted_id[:80]} in {linked.dataset.name}")


def _look(access: LookAccess, linked: LinkedRecord) -> LookThrough:
    permit = _permit(access)
    record = fetched_record(linked, access.records, permit)
    image = record_image(access.client, record, permit)
    return look_through(store(), linked, record, image)


def _moment(look: LookThrough) -> datetime:
    return datetime.fromtimestamp(look.record.fetched_at, UTC).replace(microsecond=0)


def _record(look: LookThrough) -> dict[str, object]:
    link, dataset = look.linked.link, look.linked.dataset
    return {
        "thing": look.linked.thing.iri,
        "record": link.record,
        "relation": link.relation,
        "page": link.page,
        "dataset": {"id": dataset.id, "name": dataset.name, "licence": dataset.licence_iri},
        "fetched": _moment(look).isoformat(),
        "description": _value(look.description) if look.description else None,
        "image": _image_record(look.image) if look.image else None,
        "properties": [_property(row) for row in look.rows],
    }


def _image_record(image: CreditedImage) -> dict[str, str]:
    return {
        "name": image.name,
        "page": image.page,
        "author": image.author,
        "licence": image.licence,
        "licence_page": image.licence_page,
    }


def _property(row: AspectRow) -> dict[str, object]:
    theirs = [
        {**_value(there.value), "agreement": there.agreement.value, "note": there.note}
        for there in row.theirs
    ]
    return {
        "property": row.iri,
        "label": row.label,
        "lang": row.language,
        "agreement": row.agreement.value,
        "here": [_value(value) for value in row.ours],
        "there": theirs,
    }


def _value(value: DisplayValue) -> dict[str, str]:
    return {
        "text": value.text,
        "value": value.raw or value.iri or value.text,
        "lang": value.language,
    }
