"""Serve the site: `python -m web --host 127.0.0.1 --port 8000`."""

from __future__ import annotations

import os
import socket
import tempfile
from pathlib import Path

import click

from kg.federation.federation import Federation
from kg.model.errors import KGError
from kg.store.builds import Current
from kg.store.manifest import PAGES_QUADS
from kg.workers.query_limits import Limits
from kg.workers.supervisor import Supervisor
from web import DEFAULTS
from web.edge.workers import run_server
from web.outside.look_access import LookAccess
from web.relay_server import serve_relay

STATIC = Path(__file__).parent / "static"
SHARED = "PROMETHEUS_MULTIPROC_DIR"


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, help="Port to listen on.")
def main(host: str, port: int) -> None:
    """Serve the current build until interrupted."""
    _assets()
    try:
        # Opened once here, so that what is wrong is one line and not an error of each worker.
        number = Current(most=PAGES_QUADS, ours=True).store().number
        limits = Limits.of(_settings())
        Federation.of(_settings(), serve_relay)
        LookAccess.of({**DEFAULTS, **_settings()})
    except KGError as error:
        raise click.ClickException(str(error)) from error
    with (
        _listener(host, port) as listener,
        tempfile.TemporaryDirectory(prefix="kg-metrics-") as counts,
        tempfile.TemporaryDirectory(prefix="kg-look-") as looks,
    ):
        # Read by `web.serving.observe`, in the workers.
        os.environ[SHARED] = counts
        # One for all workers: a record and its image may be asked of different ones.
        os.environ["KG_LOOK_CACHE"] = os.environ.get("KG_LOOK_CACHE") or looks
        supervisor = Supervisor("web.forkserver", {})
        # RFC 3986, 3.2.2: an IPv6 address stands in brackets.
        shown = f"[{host}]" if ":" in host else host
        click.echo(f"Aide-Mémoire is serving build {number} at http://{shown}:{port}/")
        try:
            run_server(listener, supervisor.socket, limits)
        finally:
            supervisor.close()


def _assets() -> None:
    """Fail in one line if what browsers load has not been built."""
    if not STATIC.is_dir():
        raise click.ClickException(f"{STATIC} is missing: `make assets` builds what browsers load")


def _settings() -> dict[str, str]:
    return {n.removeprefix("KG_"): value for n, value in os.environ.items() if n.startswith("KG_")}


def _listener(host: str, port: int) -> socket.socket:
    """Bind the port that all workers share; fail in one line if it is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family)
    # Else a restart fails while old connections are in TIME_WAIT (socket(7)).
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        reason = error.strerror or str(error)
        raise click.ClickException(
            f"cannot listen on {host}:{port} ({reason}); choose another with --port"
        ) from error
    return listener


if __name__ == "__main__":
    main(prog_name="python -m web")
