"""The fork server as a program: `python -m web.forkserver SOCKET` (`kg.workers.supervisor`)."""

from __future__ import annotations

import sys

from kg.workers.forkserver import run_fork_server
from web.relay_server import serve_relay

if __name__ == "__main__":
    run_fork_server(sys.argv[1], serve_relay)
