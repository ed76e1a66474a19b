"""The MCP server: the tools over the official SDK, on standard input and output or over HTTP.

https://modelcontextprotocol.io/specification. The SDK is an extra (`pip install aide-memoire[mcp]`)
and takes half a second to import, so that this module is imported only where
agents are served.
"""

from __future__ import annotations

import json
from importlib.metadata import version

import anyio
from jsonschema import Draft202012Validator
from mcp.server import Server
from mcp.server.context import ServerRequestContext
from mcp.server.stdio import stdio_server
from mcp.shared.exceptions import MCPError
from mcp.types import (
    INVALID_PARAMS,
    CallToolRequestParams,
    CallToolResult,
    ListToolsResult,
    PaginatedRequestParams,
    TextContent,
    Tool,
    ToolAnnotations,
)
from starlette.applications import Starlette

from kg.agents.schema_card import schema_card
from kg.agents.session import AgentSession
from kg.agents.statement_records import Record
from kg.agents.tools.calls import answer_call
from kg.agents.tools.declarations import ToolDeclaration, tool_declarations
from kg.model.errors import KGError

NAME, TITLE, PATH = "aide-memoire", "Aide-Mémoire", "/mcp"

_READ_ONLY = ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)
# A query of the public has 16 KB at most.
_LARGEST_REQUEST = 64_000


def make_server(session: AgentSession) -> Server:
    """Return the server of the tools on a session; nothing listens yet."""

    async def list_tools(
        _: ServerRequestContext, __: PaginatedRequestParams | None
    ) -> ListToolsResult:
        return ListToolsResult(tools=[_tool(one) for one in tool_declarations().values()])

    async def call_tool(_: ServerRequestContext, params: CallToolRequestParams) -> CallToolResult:
        # In a thread: a query may take its thirty seconds, and others are served meanwhile.
        return await anyio.to_thread.run_sync(
            _call, session, params.name, dict(params.arguments or {})
        )

    return Server(
        NAME,
        title=TITLE,
        version=version("aide-memoire"),
        description="A knowledge graph of diplomacy in which every fact cites its sentence",
        instructions=schema_card(session.store),
        on_list_tools=list_tools,
        on_call_tool=call_tool,
    )


def serve_stdio(session: AgentSession) -> None:
    """Serve one client on standard input and output until it closes them."""
    server = make_server(session)

    async def run() -> None:
        async with stdio_server() as (read, write):
            await server.run(read, write, server.create_initialization_options())

    anyio.run(run)


def http_application(session: AgentSession, host: str) -> Starlette:
    """Return the server as an ASGI application with clients at `/mcp` (streamable HTTP).

    On loopback the SDK refuses requests whose Host or Origin names another machine, as a page that
    a browser on this one has open might send them (DNS rebinding): 421 and 403.
    """
    return make_server(session).streamable_http_app(
        streamable_http_path=PATH,
        json_response=True,
        stateless_http=True,
        host=host,
        max_request_body_size=_LARGEST_REQUEST,
    )


def _tool(declared: ToolDeclaration) -> Tool:
    return Tool(
        name=declared.name,
        title=declared.title,
        description=declared.description,
        input_schema=declared.input_schema,
        output_schema=declared.output_schema,
        annotations=_READ_ONLY,
    )


def _call(session: AgentSession, name: str, arguments: Record) -> CallToolResult:
    """Run a tool; what the caller can mend is a result with `isError`, not a protocol error."""
    declared = tool_declarations().get(name)
    if declared is None:
        raise MCPError(INVALID_PARAMS, f"there is no tool called {name}")
    wrong = _wrong_argument(declared, arguments)
    if wrong:
        return _failed(wrong)
    try:
        record = answer_call(session, name, arguments)
    except KGError as error:
        return _failed(str(error))
    # As text too, for clients that do not read structured content.
    text = TextContent(text=json.dumps(record, ensure_ascii=False))
    return CallToolResult(content=[text], structured_content=record)


def _wrong_argument(declared: ToolDeclaration, arguments: Record) -> str:
    """Say what is wrong with the arguments of a call; nothing if they are valid."""
    errors = Draft202012Validator(declared.input_schema).iter_errors(arguments)
    places = ((error, "/".join(map(str, error.path)) or declared.name) for error in errors)
    return "; ".join(sorted(f"{place}: {error.message}" for error, place in places))


def _failed(message: str) -> CallToolResult:
    return CallToolResult(content=[TextContent(text=message)], is_error=True)
