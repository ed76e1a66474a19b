"""The fork server of agents' queries: `python -m kg.agents.forkserver SOCKET`.

As `web.forkserver`, but without a relay: these queries call no other endpoint.
"""

from __future__ import annotations

import sys
from contextlib import AbstractContextManager

from kg.federation.relay import ServiceRelay
from kg.model.errors import KGError
from kg.workers.forkserver import run_fork_server


def _refuse(_: ServiceRelay) -> AbstractContextManager[str]:
    raise KGError("no query of an agent calls another endpoint")


if __name__ == "__main__":
    run_fork_server(sys.argv[1], _refuse)
