"""The public's queries: what is refused, how a query runs, and what is added to its result.

`request` holds the two values that travel: a `QueryRequest` (query, dataset, accepted media types,
limits) and its `QueryResult` (media type, bytes, build). `run.run_query` is the entry: the guard
refuses updates and unknown SERVICE endpoints, `kg.federation` redirects SERVICE calls, the store
executes, and more is done on request: `evidence` (the sentences behind each row, with
`kg.inference` for inferred triples), `explain` (why there is no row, with the names of
`unknown_names`), `excerpt` (the beginning of the result, for a page) and `row_part` (some of the
rows). `run.run_lookup` is the entry for queries that only look a thing up, which need no process of
their own.

Imported by `kg.workers` and `web`; imports `kg.federation` and everything below it.
"""
