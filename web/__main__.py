"""Serve the site: `python -m web --host 127.0.0.1 --port 8000`."""

from __future__ import annotations

import os
import socket
import tempfile
from functools import partial
from pathlib import Path

import click
from flask import Flask
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from kg.build.manifest import PAGES_QUADS
from kg.builds import Current
from kg.errors import KGError
from kg.public.federation import Federation
from kg.public.keeper import Keeper
from kg.public.limits import Limits
from web import create_app
from web.ahead import keep_ahead

STATIC = Path(__file__).parent / "static"
SHARED = "PROMETHEUS_MULTIPROC_DIR"
_PAGE_THREADS = 8


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, help="Port to listen on.")
def main(host: str, port: int) -> None:
    """Serve the current build until interrupted."""
    _assets()
    try:
        number = Current(most=PAGES_QUADS).store().number
        limits = Limits.of(_settings())
        Federation.of(_settings())
    except KGError as error:
        raise click.ClickException(str(error)) from error
    _claim(host, port)
    with tempfile.TemporaryDirectory(prefix="kg-metrics-") as counts:
        # Read by the client library when it is first imported, in the workers.
        os.environ[SHARED] = counts
        keeper = Keeper({})
        shown = f"[{host}]" if ":" in host else host
        click.echo(f"Aide-Mémoire is serving build {number} at http://{shown}:{port}/")
        try:
            _serve(host, port, limits, keeper)
        finally:
            keeper.close()


def _serve(host: str, port: int, limits: Limits, keeper: Keeper) -> None:
    Granian(
        "web",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=max(2, os.cpu_count() or 1),
        # Queries that wait or run each hold a thread; pages must find one free.
        blocking_threads=limits.waiting + _PAGE_THREADS,
        log_level=LogLevels.error,
        respawn_failed_workers=True,
        # A worker that is told to end while it starts does not hear it.
        workers_kill_timeout=5,
        websockets=False,
        # Loading by name would put the current directory before the packages.
    ).serve(target_loader=partial(_worker, keeper.socket), wrap_loader=False)


def _worker(nursery: Path) -> Flask:
    app = create_app({"NURSERY": nursery})
    keep_ahead(app)
    return app


def _assets() -> None:
    """Fail in one line if what browsers load has not been built."""
    if not STATIC.is_dir():
        raise click.ClickException(f"{STATIC} is missing: `make assets` builds what browsers load")


def _settings() -> dict[str, str]:
    return {n.removeprefix("KG_"): value for n, value in os.environ.items() if n.startswith("KG_")}


def _claim(host: str, port: int) -> None:
    """Fail in one line if the port is taken, before the server starts its workers."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        # The server sets it too: a port whose last server has just stopped counts as free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            reason = error.strerror or str(error)
            raise click.ClickException(
                f"cannot listen on {host}:{port} ({reason}); choose another with --port"
            ) from error


if __name__ == "__main__":
    main(prog_name="python -m web")
