"""SPARQL over data frames: the operators that our rules, checks and comparisons use, no others.

`query_files` parses a file with rdflib; `groups` translates its algebra, `leaves` the patterns and
paths in it, `expressions` its filters, `aggregates` its groups, to `solutions`: a data frame with a
column for each variable. `values` compares as SPARQL does, `terms` takes terms apart and puts them
together: a term is its N-Triples text. `dataset` is what patterns are matched with; `closures`
follows paths of any length; `algebra` looks through a query before it runs.

Translated: basic graph patterns, FILTER, EXISTS and NOT EXISTS (also with variables from outside),
OPTIONAL, UNION, BIND, VALUES, GRAPH, sub-SELECT, GROUP BY with COUNT, MIN, MAX and SAMPLE,
DISTINCT, ORDER BY at the end, paths `| ^ / * +`. What else a file uses stops the build by name.
"""
