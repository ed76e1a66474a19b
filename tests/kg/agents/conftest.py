"""Sessions of agents on the corpus; queries run in this process, as no test has a runaway one."""

from collections.abc import Callable
from typing import Any

import pytest

from kg.agents.session import AgentSession
from kg.agents.tools.calls import answer_call
from kg.federation.federation import Federation
from kg.store.store import Store
from kg.workers.pool import InProcessRunner
from kg.workers.query_limits import Limits

Call = Callable[..., dict[str, Any]]


def session_of(store: Store) -> AgentSession:
    return AgentSession(lambda: store, InProcessRunner(store, Federation()), Limits())


@pytest.fixture(scope="session")
def agent_session(corpus: Store) -> AgentSession:
    return session_of(corpus)


@pytest.fixture
def call(agent_session: AgentSession) -> Call:
    """Return a function that calls a tool on the corpus."""
    return lambda name, **arguments: answer_call(agent_session, name, arguments)
