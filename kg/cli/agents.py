"""`kg mcp`: the tools for agents, over the Model Context Protocol."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import click

from kg.model.errors import KGError
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
    # Half a second to import, which no other command should take.
    from kg.agents.server import serve_http, serve_stdio
    from kg.agents.session import local_session

    session, workers = local_session(Builds(tree=root))
    try:
        if http:
            click.echo(f"MCP server at http://{host}:{port}/mcp", err=True)
            serve_http(session, host, port)
        else:
            serve_stdio(session)
    finally:
        workers.close()
