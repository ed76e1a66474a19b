"""The MCP server through the SDK's client, in this process."""

import json
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import anyio
import pytest
from mcp import Client
from mcp.shared.exceptions import MCPError
from mcp.types import CallToolResult, TextContent

from kg.agents.server import make_server
from kg.agents.session import AgentSession


def ask(session: AgentSession, use: Callable[[Client], Awaitable[Any]], mode: str = "auto") -> Any:
    async def run() -> Any:
        async with Client(make_server(session), mode=mode) as client:
            return await use(client)

    # In a thread: the driver of browsers leaves a loop in this one.
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(anyio.run, run).result()


def called(session: AgentSession, name: str, **arguments: Any) -> CallToolResult:
    result: CallToolResult = ask(session, lambda client: client.call_tool(name, arguments))
    return result


@pytest.mark.parametrize("mode", ["auto", "legacy", "2026-07-28"])
def test_the_tools_are_listed_and_read_only(agent_session: AgentSession, mode: str) -> None:
    listed = ask(agent_session, lambda client: client.list_tools(), mode)
    assert [tool.name for tool in listed.tools] == [
        *("search", "describe", "shape", "examples", "query", "evidence", "explain_empty"),
    ]
    for tool in listed.tools:
        assert tool.annotations.read_only_hint
        assert tool.output_schema
        assert tool.title
        assert len(tool.description) < 500


def test_structured_content_comes_as_text_too(agent_session: AgentSession) -> None:
    result = called(agent_session, "search", text="Norland")
    (content,) = result.content
    assert isinstance(content, TextContent)
    assert json.loads(content.text) == result.structured_content


@pytest.mark.parametrize(
    ("name", "arguments", "message"),
    [
        ("describe", {"thing": "id:nowhere"}, "there is no thing called"),
        ("describe", {}, "'thing' is a required property"),
        ("describe", {"thing": "norland", "max_bytes": 5}, "max_bytes: 5 is less than"),
        ("query", {"query": "SELECT", "colour": 1}, "colour"),
        ("query", {"query": "SELECT"}, "line 1"),
    ],
)
def test_what_the_caller_can_mend_is_an_error_of_the_tool(
    agent_session: AgentSession, name: str, arguments: dict[str, Any], message: str
) -> None:
    result = called(agent_session, name, **arguments)
    assert result.is_error
    (content,) = result.content
    assert isinstance(content, TextContent)
    assert message in content.text


def test_a_tool_that_there_is_not_is_an_error_of_the_protocol(agent_session: AgentSession) -> None:
    async def message(client: Client) -> str:
        try:
            await client.call_tool("delete", {})
        except MCPError as error:
            return str(error)
        return ""

    assert "no tool called delete" in ask(agent_session, message, "legacy")
