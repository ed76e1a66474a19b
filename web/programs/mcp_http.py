"""The MCP server over HTTP as a program: `python -m web.programs.mcp_http --port 8100`.

`kg mcp --http` runs it; on standard input and output `kg mcp` serves by itself.
"""

from __future__ import annotations

import click
import uvicorn

from kg.agents.server import http_application
from kg.agents.session import local_session
from kg.model.errors import KGError
from kg.store.builds import Builds


@click.command()
@click.option("--host", default="127.0.0.1", help="Address to listen on.")
@click.option("--port", default=8100, help="Port to listen on.")
def serve_agents(host: str, port: int) -> None:
    """Serve the current build to agents over streamable HTTP until interrupted."""
    try:
        session, workers = local_session(Builds())
    except KGError as error:
        raise click.ClickException(str(error)) from error
    try:
        application = http_application(session, host)
        click.echo(f"Agents are served at http://{host}:{port}/mcp", err=True)
        uvicorn.run(application, host=host, port=port, log_level="error", access_log=False)
    finally:
        workers.close()


if __name__ == "__main__":
    serve_agents(prog_name="python -m web.programs.mcp_http")
