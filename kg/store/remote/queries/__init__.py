"""The text of a query on its way to a remote engine, and what it is made of.

`syntax_check` refuses what is no SPARQL before an engine sees it; `bind_terms` writes terms in the
place of variables; `blank_tests` has isBlank and isIRI tell the IRIs that stand for blank nodes;
`hide_graphs` keeps the graphs that are not the build's out of `GRAPH ?g`; `pattern_query` asks for
the quads of many patterns in one request.

All of them work on tokens (`kg.sparql.tokens`), so no value can become a part of the query.
"""
