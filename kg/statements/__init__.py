"""Statements as pages show them, and the evidence for each: sentences, documents, claims.

`edges_around` reads the quads on both sides of a thing at a bounded cost and gathers them into
*edges*: a property, the term at the other end, the named graphs that contain the triple. The graphs
are the evidence: one named after a sentence says that the sentence supports the triple.
`redundancy` drops inferred edges that repeat others, `footnotes` numbers the sentences that a page
cites, `statement` holds the labelled result. Further readings of the same quads: `claims` (content
of claims, which is no fact), `stated_values` (no inferred values), `cited_statements` (for feeds),
`property_statements` (page by page), `variations` (values in which sources differ).

May import `terms` and what lies below; `network`, `things`, `lists` and `web` import it.
"""
