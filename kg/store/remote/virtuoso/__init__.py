"""What Virtuoso 7 does otherwise than SPARQL 1.1 says, and how a request and its answer make up.

`request` writes a query so that Virtuoso reads the default graph and the named graphs that it is
meant to read, and does not use an index that leaves out matches (`upper_bounds`); `answer` turns
what comes back into the standard's JSON, with the `boolean_variables` of the query, and drops rows
that are repeated in spite of DISTINCT; `renamed` gives other names to datatypes whose literals
Virtuoso would change.

What cannot be made up for is listed, from tests, in `tests/engines`.
"""
