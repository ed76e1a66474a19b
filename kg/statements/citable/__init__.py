"""One statement by its key: where it stands, what kind it is, and what speaks for and against it.

`statement_by_key` finds the triple that a key names, and what a former build on disk had under it.
`statement_account` gathers what a page or program shows of it: the words, the sentences that state
it or the claims that hold it, the derivation of an inferred one, and who gives another value.
`rdf_statement` puts the same into RDF.

May import `inference`, `index`, `terms` and the modules of `statements`; `web` imports it.
"""
