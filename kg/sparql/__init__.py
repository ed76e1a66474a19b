"""The text of SPARQL queries: read here and nowhere else.

`tokens` cuts a text into the terminals of the SPARQL 1.1 grammar, in linear time and whatever the
text is; every other module answers one question about the tokens. `form`: which form, a look-up,
volatile? `base`, `prologue` and `dataset`: which IRIs, relative to what, from which graphs?
`service`: which other endpoints, and joined with what (`joins`)? `values`: which bindings?
`messages`: what is wrong, and where? `patterns` parses with rdflib, with `blank_nodes` named, and
`rules` reverses a rule.
`rewriting` is what an engine behind HTTP has to be sent instead.
`named_queries` holds the queries that the software itself asks.

A query comes in as text and stays text: nothing here runs one. The package imports `kg.model`
alone; the store, the endpoint and the pages import it (tests/kg/sparql/test_one_reader.py).

Words: a token has a kind, a text and an offset; a keyword is a word in upper case; a clause is a
keyword with its operand (FROM, SERVICE); a block is VALUES with its rows; a prologue is the BASE
and PREFIX declarations; a pattern is a triple pattern.
"""
