"""`kg mcp`: the tools for agents, over the Model Context Protocol."""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec
from pathlib import Path

import click

from kg.model.errors import BuildMissing, KGError
from kg.store.builds import Builds

_PORT = 8100


@click.command("mcp")
@click.option("--http", is_flag=True, help="Serve over HTTP, not on standard input and output.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address for --http.")
@click.option("--port", type=click.IntRange(1, 65535), default=_PORT, show_default=True)
@click.pass_obj
def mcp_command(root: Path, http: bool, host: str, port: int) -> None:
    """Serve the current build to agents: seven read-only tools (Model Context Protocol).

    Queries run within the limits of the public endpoint, and each row names its sentences. Over
    HTTP the address is http://HOST:PORT/mcp.
    """
    if find_spec("mcp") is None:
        raise KGError("kg mcp needs the MCP SDK: install it with: pip install 'aide-memoire[mcp]'")
    builds = Builds(tree=root)
    if builds.current() is None:
        raise BuildMissing(builds.root)
    if http:
        command = [sys.executable, "-P", "-m", "web.programs.mcp_http"]
        # The HTTP server is not of this package; as `kg serve`, this process becomes the server.
        os.execve(  # noqa: S606 - our own module, no shell
            command[0],
            [*command, "--host", host, "--port", str(port)],
            os.environ | {"KG_BUILDS": str(builds.root)},
        )
    # Half a second to import, which no other command should take.
    from kg.agents.server import serve_stdio
    from kg.agents.session import local_session

    session, workers = local_session(builds)
    try:
        serve_stdio(session)
    finally:
        workers.close()
