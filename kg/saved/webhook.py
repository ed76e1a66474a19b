"""The webhook of a server's owner: a signed POST for each answer that has changed.

The owner names the address (`KG_WEBHOOK`) and a secret (`KG_WEBHOOK_SECRET`). A request carries
`X-Hub-Signature-256: sha256=…`, the HMAC-SHA256 of its body by the secret, as W3C WebSub and GitHub
sign theirs (https://www.w3.org/TR/websub/#signature-validation). Only an owner who names a local
address has requests sent to one: a public name that leads to one is refused, and so is a redirect.
"""

from __future__ import annotations

import hmac
import json
import logging
from collections.abc import Mapping
from hashlib import sha256
from ipaddress import ip_address
from urllib.parse import urlsplit

from kg.federation.connection import Resolver, resolve_name
from kg.model.errors import KGError, NotFound
from kg.outside.client import OutsideClient, Patience
from kg.outside.errors import OutsideError
from kg.outside.hosts import ANY_HOST
from kg.saved.archive import QuestionArchive
from kg.saved.notices import Notice, NoticeQueue
from kg.saved.questions import AnswerChange, SavedQuestion

SIGNATURE = "X-Hub-Signature-256"

_log = logging.getLogger(__name__)
_JSON = "application/json"
# One attempt: what fails waits in the queue of notices, which outlives the process.
_PATIENCE = Patience(seconds=10.0, size=100_000, attempts=1, redirects=2, wait=10.0)


class Webhook:
    """Sends notices of changed answers to the address of the server's owner."""

    def __init__(self, address: str, secret: str, resolve: Resolver = resolve_name) -> None:
        """Take an address and a secret; KGError if either is not to be used."""
        self._address, self._secret = address, secret.encode()
        origin = _origin(address)
        if not secret:
            raise KGError("KG_WEBHOOK: set KG_WEBHOOK_SECRET too, by which requests are signed")
        local = [origin] if _is_local(urlsplit(address).hostname or "") else []
        hosts = {ANY_HOST: 0.0}
        self._client = OutsideClient(
            None, hosts=hosts, allowed_local=local, patience=_PATIENCE, resolve=resolve
        )

    def send(self, message: Mapping[str, object]) -> None:
        """Send a message as signed JSON; OutsideError says why it did not arrive."""
        body = json.dumps(message, ensure_ascii=False).encode()
        self._client.post(
            self._address,
            body,
            _JSON,
            max_age=0,
            headers={SIGNATURE: signature(body, self._secret)},
        )


def signature(body: bytes, secret: bytes) -> str:
    """Return the header that proves who sent a body.

    >>> signature(b"{}", b"key")
    'sha256=a777724d943eb48dc69bca8a4a6d57a04db3f9ec7e1de4e581e860265bdf3032'
    """
    return f"sha256={hmac.new(secret, body, sha256).hexdigest()}"


def send_next(archive: QuestionArchive, queue: NoticeQueue, webhook: Webhook, site: str) -> bool:
    """Send the notice that is due first, if any; tell whether there was one.

    `site` is the address of the site, "" if it is not known: then the message has a path.
    """
    notice = queue.take()
    if notice is None:
        return False
    try:
        question = archive.find(notice.code)
        change = next((one for one in question.changes if one.number == notice.number), None)
        if change:
            webhook.send(change_message(question, change, site))
        queue.settle(notice)
    except NotFound:
        queue.settle(notice)
    except OutsideError as error:
        _log_failure(error, notice, queue.postpone(notice))
    return True


def change_message(question: SavedQuestion, change: AnswerChange, site: str) -> dict[str, object]:
    """Return what a webhook is sent of a changed answer."""
    return {
        "question": {"code": question.code, "title": question.title, "query": question.query},
        "address": f"{site}/q/{question.code}",
        "build": change.build,
        "day": change.day,
        "rows": change.total,
        "added": change.added,
        "removed": change.removed,
        "changes": [{"change": mark, "row": row} for mark, row in change.excerpt],
    }


def _log_failure(error: OutsideError, notice: Notice, again: bool) -> None:
    what = "it is sent again later" if again else f"given up after {notice.attempts + 1} attempts"
    _log.warning("webhook: %s; change of question %s: %s", error, notice.code, what)


def _origin(address: str) -> str:
    try:
        parts = urlsplit(address)
        if parts.scheme in {"http", "https"} and parts.hostname and not parts.username:
            return f"{parts.scheme}://{parts.netloc}"
    except ValueError:
        pass
    raise KGError(f"KG_WEBHOOK: “{address}” is not the address of a webhook; write https://…")


def _is_local(host: str) -> bool:
    """Tell whether a host is named as one of this machine or its network.

    >>> [_is_local(host) for host in ("localhost", "127.0.0.1", "192.168.1.5", "example.org")]
    [True, True, True, False]
    """
    try:
        return not ip_address(host).is_global
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
