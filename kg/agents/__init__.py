"""Things, statements and answers as records for programs, and the MCP server for agents.

`statement_records` turns statements and sentences into JSON; `thing_record` reads all of one thing,
page by page: the site sends it as `/thing/NAME.json`.

Nothing here speaks HTTP. May import everything in `kg` but `cli`; `web.programs` and `kg.cli`
import it.
"""
