import hmac
import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from kg.model.errors import KGError
from kg.outside.errors import OutsideRefused
from kg.saved.archive import QuestionArchive
from kg.saved.notices import MOST_ATTEMPTS, NoticeQueue
from kg.saved.webhook import SIGNATURE, Webhook, send_next
from tests.kg.outside.stand_in import Dataset, Reply, dataset
from tests.kg.saved.test_archive import QUERY, rows


class Clock:
    now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def receiver() -> Iterator[Dataset]:
    with dataset() as running:
        yield running


@pytest.fixture
def archive(tmp_path: Path) -> QuestionArchive:
    """Return an archive with one question, whose answer has changed."""
    archive = QuestionArchive(tmp_path)
    code = archive.save(QUERY, "Who?", "", "b1", rows("a"))
    archive.record(code, "b2", rows("a", "b"), notify=True)
    return archive


def test_a_change_is_sent_once_and_signed(receiver: Dataset, archive: QuestionArchive) -> None:
    receiver.reply("/hook", Reply(status=204))
    webhook, queue = Webhook(f"{receiver.origin}/hook", "secret"), NoticeQueue(archive)
    assert send_next(archive, queue, webhook, "https://graph.example")
    assert not send_next(archive, queue, webhook, "https://graph.example")
    assert receiver.requests == [("POST", "/hook")]
    (body,), (headers,) = receiver.bodies, receiver.headers
    assert headers["Content-Type"] == "application/json"
    assert headers[SIGNATURE] == "sha256=" + hmac.new(b"secret", body, sha256).hexdigest()
    message = json.loads(body)
    code = archive.list()[0].code
    assert message["address"] == f"https://graph.example/q/{code}"
    assert message["question"] == {"code": code, "title": "Who?", "query": QUERY}
    assert (message["build"], message["added"], message["removed"]) == ("b2", 1, 0)
    added = {"change": "added", "row": [{"type": "literal", "value": "b"}]}
    assert message["changes"] == [added]


def test_what_fails_is_sent_again_later_and_later(
    receiver: Dataset, archive: QuestionArchive
) -> None:
    receiver.reply("/hook", Reply(status=500))
    clock = Clock()
    webhook, queue = Webhook(f"{receiver.origin}/hook", "secret"), NoticeQueue(archive, clock)
    waits = []
    while send_next(archive, queue, webhook, ""):
        start = clock.now
        assert not send_next(archive, queue, webhook, "")
        with archive.reading() as tables:
            due = tables.execute("SELECT due FROM notice").fetchone()
        if due is None:
            break
        waits.append(due[0] - start)
        clock.now = due[0]
    assert len(receiver.requests) == MOST_ATTEMPTS
    assert waits == sorted(waits)
    assert 30 <= waits[0] <= 60


def test_one_that_arrives_at_the_second_attempt_is_settled(
    receiver: Dataset, archive: QuestionArchive
) -> None:
    receiver.reply("/hook", Reply(status=503), Reply(status=200))
    clock = Clock()
    webhook, queue = Webhook(f"{receiver.origin}/hook", "secret"), NoticeQueue(archive, clock)
    assert send_next(archive, queue, webhook, "")
    clock.now += 61
    assert send_next(archive, queue, webhook, "")
    clock.now += 86_400
    assert not send_next(archive, queue, webhook, "")


def test_a_public_webhook_leads_to_no_private_address(receiver: Dataset) -> None:
    # The name is public by its form, and resolves to this machine.
    webhook = Webhook("http://hook.example/", "secret", lambda *_: ["127.0.0.1"])
    with pytest.raises(OutsideRefused):
        webhook.send({})
    assert receiver.requests == []


def test_a_redirect_does_not_lead_elsewhere(receiver: Dataset) -> None:
    with dataset() as other:
        other.reply("/", Reply(status=200))
        receiver.reply("/hook", Reply(status=307, headers={"Location": f"{other.origin}/"}))
        with pytest.raises(OutsideRefused):
            Webhook(f"{receiver.origin}/hook", "secret").send({})
        assert other.requests == []


@pytest.mark.parametrize(
    "address", ["example.org/hook", "ftp://example.org/", "https://u@h.example/"]
)
def test_what_is_no_address_is_refused_at_the_start(address: str) -> None:
    with pytest.raises(KGError, match="KG_WEBHOOK"):
        Webhook(address, "secret")


def test_it_needs_a_secret() -> None:
    with pytest.raises(KGError, match="KG_WEBHOOK_SECRET"):
        Webhook("https://example.org/hook", "")
