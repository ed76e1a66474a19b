"""When a query counts as slow: by what its worker does, not by the clock alone."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.endpoint.request import QueryRequest
from kg.workers.connection import WorkerConnection
from kg.workers.query_limits import Limits
from kg.workers.scheduler import Scheduler
from kg.workers.worker import ReplyHeader, WorkerGreeting
from kg.workers.worker_messages import listen_at, receive_message, send_message

QUICK_SECONDS = 1.0
BUSY, ASLEEP = "while True: pass", "import time; time.sleep(600)"


@contextmanager
def process(code: str, *, starved: bool = False) -> Iterator[int]:
    """Run a program on the first processor; one that is `starved` leaves it to any other."""
    running = subprocess.Popen([sys.executable, "-c", code])
    try:
        os.sched_setaffinity(running.pid, {0})
        if starved:
            os.sched_setscheduler(running.pid, os.SCHED_IDLE, os.sched_param(0))
        yield running.pid
    finally:
        running.kill()
        running.wait()


def is_slow(folder: Path, worker: int) -> bool:
    """Have a query answered after more than QUICK_SECONDS; tell whether it took a slow slot."""
    scheduler = Scheduler(Limits(), folder)
    with listen_at(folder / "forkserver") as listener:
        server = threading.Thread(target=_answer, args=(listener, worker))
        server.start()
        connection = WorkerConnection(folder / "forkserver", QUICK_SECONDS)
        with scheduler.enter("", time.monotonic() + 60) as query:
            result = connection.run(QueryRequest("ASK {}"), query)
            slow = query.is_slow
        connection.close()
        server.join()
    scheduler.close()
    assert result.body == b"true"
    return slow


def _answer(listener, worker: int) -> None:
    sock, _ = listener.accept()
    with sock:
        receive_message(sock)
        send_message(sock, WorkerGreeting(worker, worker, "build"))
        receive_message(sock)
        time.sleep(QUICK_SECONDS * 1.5)
        send_message(sock, ReplyHeader("text/plain", "build"), b"true")


def test_a_query_that_waits_for_a_processor_is_not_slow(tmp_path: Path) -> None:
    with process(BUSY), process(BUSY, starved=True) as worker:
        assert not is_slow(tmp_path, worker)


def test_a_query_that_waits_for_something_else_is_slow(tmp_path: Path) -> None:
    with process(ASLEEP) as worker:
        assert is_slow(tmp_path, worker)
