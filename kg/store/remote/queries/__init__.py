"""Queries on their way to a remote engine.

`syntax_check` refuses what is no SPARQL before an engine sees it; `pattern_query` asks for the
quads of many patterns in one request. What only changes a query's text is in `kg.sparql.rewriting`.
The remote engine imports both. A *pattern* here is four terms, any of which may be missing.
"""
