"""Asks children of the nursery, a bounded number at once, and stops those that take too much."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from kg.errors import KGError, MemoryLimit, Stopped, TimeLimit, WorkerLost
from kg.public.child import Hello, Reply
from kg.public.federation import Federation
from kg.public.lanes import Lanes, Ticket
from kg.public.limits import Limits
from kg.public.question import Answer, Question, answer, look_up
from kg.public.stop import hearing, stop
from kg.public.wire import ready, receive, send, wait_at_most
from kg.store import Store

_LOWEST_PRIORITY = 19
# A large graph takes a while to load, and a child of it some milliseconds to fork.
# Where no thing has more statements, a look-up takes a millisecond or two at most.
_LIGHT = 1000
_START_SECONDS = 60.0
_RESTART_SECONDS = 5.0
_FATE_SECONDS = 2.0


class Answers(Protocol):
    """What answers questions of the public."""

    def ask(self, question: Question) -> Answer:
        """Answer, or raise the KGError that says why not."""

    def look_up(self, question: Question) -> Answer | None:
        """Answer what only looks something up at once; else return None."""

    def stop(self, handle: str) -> bool:
        """Have the question with a handle stopped; tell whether there is one."""


@dataclass(frozen=True)
class Inside:
    """Answers in this process, with no limit on time or memory: for tests of what is served."""

    store: Store
    federation: Federation

    def ask(self, question: Question) -> Answer:
        """Answer, or raise the KGError that says why not."""
        return answer(self.store, question, self.federation)

    def look_up(self, question: Question) -> Answer | None:
        """Answer at once what only looks something up."""
        return look_up(self.store, question)

    def stop(self, handle: str) -> bool:  # noqa: ARG002
        """Stop nothing: there is no process to stop."""
        return False


class Pool:
    """Children kept warm, and the lanes that they run in."""

    def __init__(
        self, nursery: Path, limits: Limits, near: Callable[[], Store] | None = None
    ) -> None:
        """Take the nursery's socket; nothing is asked of it yet.

        `near` is the store of this process, which answers what only looks a thing up, if it is in
        memory.
        """
        self._near = near
        self._nursery = nursery
        self._limits = limits
        self._lanes = Lanes(limits)
        self._idle: list[Child] = []

    def ask(self, question: Question) -> Answer:
        """Answer, or raise the KGError that says why not.

        Besides what `question.answer` raises: TimeLimit, MemoryLimit, Stopped, Overloaded,
        WorkerLost.
        """
        near = self._near() if self._near else None
        found = look_up(near, question) if near and near.in_memory else None
        if found:
            return found
        seconds = min(question.seconds, self._limits.query_seconds)
        largest = min(question.largest, self._limits.result_bytes)
        question = question._replace(seconds=seconds, largest=largest)
        end = time.monotonic() + seconds
        with (
            hearing(self._nursery.parent, question.handle) as ear,
            self._lanes.enter(end) as ticket,
        ):
            child = self._child(question.number)
            try:
                return child.ask(question, ticket, ear)
            except _Ended:
                raise self._fate(child, seconds) from None
            finally:
                self._keep(child)

    def look_up(self, question: Question) -> Answer | None:
        """Answer at once what only looks something up, where that cannot be much."""
        near = self._near() if self._near else None
        light = near and near.in_memory and near.widest <= _LIGHT
        return look_up(near, question) if near and light else None

    def stop(self, handle: str) -> bool:
        """Have the question with a handle stopped, whichever pool of this nursery asks it."""
        return stop(self._nursery.parent, handle)

    def children(self) -> list[int]:
        """Return the processes that wait for a question."""
        return [child.hello.pid for child in self._idle]

    def close(self) -> None:
        """Let all children go that wait; others go when they have answered."""
        while self._idle:
            self._idle.pop().close()

    def _child(self, number: str) -> Child:
        """Return a child that holds the build wanted, if the nursery has it yet."""
        while self._idle:
            with contextlib.suppress(IndexError):
                child = self._idle.pop()
                if number in ("", child.hello.number):
                    return child
                child.close()
        return Child(self._nursery, self._limits.quick_seconds)

    def _keep(self, child: Child) -> None:
        if child.usable and len(self._idle) < self._limits.quick_slots:
            self._idle.append(child)
        else:
            child.close()

    def _fate(self, child: Child, seconds: float) -> KGError:
        """Say why a child has ended before it answered."""
        status = _fate(self._nursery, child.hello.pid)
        if status == -signal.SIGALRM:
            return TimeLimit(seconds)
        if status in (-signal.SIGABRT, -signal.SIGKILL):
            return MemoryLimit(self._limits.query_memory)
        return WorkerLost("no trace" if status is None else f"exit status {status}")


class _Ended(Exception):  # noqa: N818 - not a failure until its reason is known
    """The child has ended before it answered."""


class Child:
    """One child of the nursery, at the other end of a socket."""

    def __init__(self, nursery: Path, patience: float) -> None:
        """Have a child forked; WorkerLost if the nursery is not there or has no build.

        The child is waited for `patience` seconds before its query counts as a slow one.
        """
        self._busy = self._slowed = False
        self.usable = True
        self._line = _connect(nursery)
        try:
            send(self._line, 0)
            self.hello: Hello = receive(self._line)[0]
            self._handle = os.pidfd_open(self.hello.pid)
        except (OSError, EOFError) as error:
            self._line.close()
            raise WorkerLost("no process to answer it could be started") from error
        wait_at_most(self._line, patience)

    def ask(self, question: Question, ticket: Ticket, ear: socket.socket | None = None) -> Answer:
        """Answer a question within the ticket's time; the child is stopped if it does not.

        So it is when something comes to the `ear`.
        """
        self._busy = True
        try:
            return self._ask(question, ticket, ear)
        except (OSError, EOFError):
            self._stop()
            raise _Ended from None
        except BaseException:
            if self._busy:
                self._stop()
            raise

    def _ask(self, question: Question, ticket: Ticket, ear: socket.socket | None) -> Answer:
        send(self._line, question._replace(seconds=ticket.left))
        try:
            reply, body = receive(self._line)
        except BlockingIOError:
            reply, body = self._wait(question, ticket, ear)
        self._busy = False
        # A thread cannot be given back the priority that it has lost.
        self.usable = not (reply.last or self._slowed)
        if reply.error is not None:
            raise reply.error
        return Answer(reply.media, body, reply.number)

    def _wait(
        self, question: Question, ticket: Ticket, ear: socket.socket | None
    ) -> tuple[Reply, bytes]:
        if ear and ready([ear], 0):
            raise Stopped
        ticket.slow_down()
        self._slowed = True
        os.setpriority(os.PRIO_PROCESS, self.hello.thread, _LOWEST_PRIORITY)
        # Not by the socket's own limit: the kernel rounds a long one up by seconds.
        spoken = ready([self._line, ear] if ear else [self._line], ticket.left)
        if not spoken:
            raise TimeLimit(question.seconds)
        if self._line.fileno() not in spoken:
            raise Stopped
        return receive(self._line)

    def _stop(self) -> None:
        self.usable = False
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(self._handle, signal.SIGKILL)

    def close(self) -> None:
        """Let the child go: it ends when its line closes."""
        self.usable = False
        self._line.close()
        os.close(self._handle)


def _connect(nursery: Path) -> socket.socket:
    """Connect to the nursery, which may be starting."""
    end = time.monotonic() + _RESTART_SECONDS
    while True:
        line = socket.socket(socket.AF_UNIX)
        wait_at_most(line, _START_SECONDS)
        try:
            line.connect(str(nursery))
        except OSError as error:
            line.close()
            if time.monotonic() > end:
                raise WorkerLost("the process that starts such processes is not there") from error
            time.sleep(0.05)
        else:
            return line


def _fate(nursery: Path, pid: int) -> int | None:
    """Ask the nursery how a child ended."""
    end = time.monotonic() + _FATE_SECONDS
    while time.monotonic() < end:
        with contextlib.suppress(OSError, EOFError), _connect(nursery) as line:
            send(line, pid)
            status: int | None = receive(line)[0]
            if status is not None:
                return status
        time.sleep(0.01)
    return None
