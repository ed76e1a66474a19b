"""Things, statements and answers as records for programs, and the MCP server for agents.

`statement_records` turns statements and sentences into JSON; `thing_record` reads all of one thing,
page by page: the site sends it as `/thing/NAME.json`. `schema_card` says in 2 KB what there is to
ask for.

For agents: `session` holds the current build and the workers for queries, `names` reads what agents
call things, `tools` has the seven tools, whose answers `tool_answer` cuts to a number of bytes and
`cursors` continues. `server` puts them on the wire with the MCP SDK: it alone imports the SDK.

There is no HTTP of our own here. May import everything in `kg` but `cli`; `web.programs` and
`kg.cli` import it.
"""
