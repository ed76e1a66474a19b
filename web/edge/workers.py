"""The processes that serve: started, started again if they end, ended with the main one."""

from __future__ import annotations

import multiprocessing
import os
import socket
import threading
import time
from functools import partial
from pathlib import Path

from uvicorn.config import Config
from uvicorn.supervisors.multiprocess import Multiprocess

from kg.workers.query_limits import Limits
from web import create_app
from web.edge.asgi import Edge
from web.edge.connection_limits import EdgeLimits
from web.edge.prompt import PromptConnection
from web.saved.watch import keep_recording
from web.serving.prerender import keep_ahead

# Connections that wait to be accepted; the kernel allows net.core.somaxconn at most (listen(2)).
_BACKLOG = 2048
# A worker that does not answer its supervisor for so long is taken to hang.
_HEALTH_SECONDS = 30
# What a worker needs to end when its requests have been answered.
_LAST_SECONDS = 5.0
_PARENT_LOST = 1
# glibc gives each thread another heap, and leaves in each what large answers once took: some
# 300 MB a worker after 40 answers of 60 MB (mallopt(3)).
_ALLOCATOR = {"MALLOC_ARENA_MAX": "2", "MALLOC_MMAP_THRESHOLD_": "1048576"}


class Workers(Multiprocess):
    """Uvicorn's supervisor, which does not wait for ever for a worker to end."""

    def __init__(self, config: Config, sockets: list[socket.socket], drain: float) -> None:
        """Take the seconds that workers get to answer what is under way."""
        super().__init__(config, sockets)
        self._end_within = drain + _LAST_SECONDS

    def join_all(self) -> None:
        """Wait for all workers to end, and kill those that do not."""
        end = time.monotonic() + self._end_within
        for process in self.processes:
            process.process.join(max(0.0, end - time.monotonic()))
            if process.exitcode is None:
                process.process.kill()
                process.join()


def run_server(listener: socket.socket, fork_server: Path, bounds: Limits) -> None:
    """Serve at a socket until SIGTERM or SIGINT, and then answer what is under way.

    That ends within the time of the longest query and a few seconds. The queries of the public are
    answered by workers of the fork server at the socket `fork_server`.
    """
    for name, value in _ALLOCATOR.items():
        os.environ.setdefault(name, value)
    drain = bounds.query_seconds + 1
    config = Config(
        partial(_application, fork_server, bounds.max_queries),
        factory=True,
        http=PromptConnection,
        ws="none",
        loop="uvloop",
        lifespan="on",
        workers=_workers(),
        backlog=_BACKLOG,
        # The deadline of the connection comes first, and closes as gently.
        timeout_keep_alive=int(EdgeLimits.idle_seconds) + 1,
        timeout_graceful_shutdown=int(drain),
        timeout_worker_healthcheck=_HEALTH_SECONDS,
        # Which headers to trust is for `web.edge.wsgi.behind_proxies`.
        proxy_headers=False,
        server_header=False,
        access_log=False,
        log_config=None,
        log_level="error",
    )
    Workers(config, [listener], drain).run()


def _workers() -> int:
    """Return the number of worker processes: one a core."""
    # At least two, so that one serves while the other is started again.
    return max(2, os.cpu_count() or 1)


def _application(fork_server: Path, threads: int) -> Edge:
    """Make the application of one worker process."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    app = create_app({"FORK_SERVER": fork_server})
    keep_ahead(app)
    keep_recording(app)
    return Edge(app.wsgi_app, threads, int(app.config["PROXIES"]))


def _end_with_parent() -> None:
    """End this process when the main one has ended, however it did."""
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
        # sys.exit would end this thread alone.
        os._exit(_PARENT_LOST)
