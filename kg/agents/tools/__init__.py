"""The seven tools of the MCP server, one module each: a function from a call to its answer.

What a tool is called, what it says of itself, what it takes and returns is data: `NAME.json` beside
this file, read by `declarations`. `calls.answer_call` is the way in: it reads the cursor, runs the
tool on the current build and cuts its answer to size (`kg.agents.tool_answer`).

A tool never presents what somebody claims as a fact: such rows are of the kind "claimed".
"""
