"""Ask saved questions again when a build becomes current, and send what the webhook is owed.

Each process of the server does so in one thread, a question at a time with rests in between; what
one has claimed the others leave out. The questions run in workers, as one client among the public.
"""

from __future__ import annotations

import time
from threading import Event

from flask import Flask, current_app

from kg.endpoint.request import QueryRequest, QueryResult
from kg.model.errors import BuildMissing
from kg.saved.asking import Asker, ask_again
from kg.saved.notices import NoticeQueue
from kg.saved.webhook import send_next
from web.saved.access import saved_access
from web.serving.current_build import follow_builds, store
from web.serving.public_queries import public_queries

# At most thirty questions a minute in each process, and never more than half of the time.
_REST, _IDLE = 2.0, 5.0
# Who shares the workers by turns with the clients of the public.
_CLIENT = "saved questions"


def keep_recording(app: Flask) -> None:
    """Follow the builds for as long as the process lives, in a background thread."""
    follow_builds(app, watch_questions, "saved")


def watch_questions(app: Flask, ended: Event) -> None:
    """Ask and send until the process ends."""
    while not ended.is_set():
        start = time.perf_counter()
        busy = False
        try:
            with app.app_context():
                busy = record_next() or send_notice()
        except BuildMissing:
            pass  # there may be a build soon
        except Exception:  # the thread lives as long as the process, for the builds to come
            app.logger.exception("a saved question was not asked again")
        spent = time.perf_counter() - start
        ended.wait(max(_REST, spent) if busy else _IDLE)


def record_next() -> bool:
    """Ask one saved question at the current build, if one was not asked yet; tell whether so."""
    access = saved_access()
    if not access.enabled:
        return False
    build = store().number
    code = access.archive.claim(build)
    if not code:
        return False
    asker = Asker(_run, public_queries().limits)
    ask_again(access.archive, code, build, asker, notify=access.webhook is not None)
    return True


def send_notice() -> bool:
    """Send one notice to the webhook, if one is due; tell whether so."""
    access = saved_access()
    if not access.enabled or access.webhook is None:
        return False
    return send_next(access.archive, NoticeQueue(access.archive), access.webhook, _site())


def _run(query: QueryRequest) -> QueryResult:
    return public_queries().run(query, store(), _CLIENT)


def _site() -> str:
    return str(current_app.config["PUBLIC_URL"])
