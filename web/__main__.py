"""Serve the site: `python -m web --host 127.0.0.1 --port 8000`."""

from __future__ import annotations

import socket

import click
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from kg.builds import Current
from kg.errors import KGError
from web import create_app


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, help="Port to listen on.")
def main(host: str, port: int) -> None:
    """Serve the current build until interrupted."""
    try:
        number = Current().store().number
    except KGError as error:
        raise click.ClickException(str(error)) from error
    _claim(host, port)
    shown = f"[{host}]" if ":" in host else host
    click.echo(f"Aide-Mémoire is serving build {number} at http://{shown}:{port}/")
    Granian(
        "web",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        blocking_threads=4,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        websockets=False,
        # Loading by name would put the current directory before the packages.
    ).serve(target_loader=create_app, wrap_loader=False)


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
