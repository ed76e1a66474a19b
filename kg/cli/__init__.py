"""The `kg` command: build, check, serve, query, verify, dump, cite.

`commands` declares them with click; each is a call of one function of the packages below it.
`query` reads a query from a file, standard input or by name and chooses how its answer is shown;
`table` lays rows out for a terminal. An error is one plain line on standard error and status 1.

Imports whatever it needs of kg; nothing imports it. `kg serve` replaces itself by `python -m web`.
"""
