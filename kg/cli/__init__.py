"""The `kg` command: build, check, serve, query, verify, dump, cite, suggest, review, term, link.

`commands` declares it with click, and the commands that make and read a build; `checking`,
`citing`, `reviewing`, `suggesting` and `terms` hold those for people who write a source, `links`
those about links to other datasets. Each is a call of one function of the packages below it.
`query` reads a query from a file, standard input or by name and chooses how its answer is shown;
`table` lays rows out for a terminal. `fetching` brings files of `--add` from the web.
By `group`, an error is one plain line on standard error and status 1.

Imports whatever it needs of kg; nothing imports it. `kg serve` replaces itself by `python -m web`.
"""
