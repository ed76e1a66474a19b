"""Queries as an engine behind HTTP has to be sent them; each function takes and returns text.

`bind_terms` writes terms in the place of variables; `blank_tests` has isBlank and isIRI tell the
IRIs that stand for blank nodes; `hide_graphs` keeps the graphs that are not the build's out of
`GRAPH ?g`; `rule_update` makes an update of a rule.

All of them work on tokens (`kg.sparql.tokens`), so no value can become a part of the query.
Imported by `kg.store.remote` and the pipeline.
"""
