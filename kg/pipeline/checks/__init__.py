"""The checks of a tree, one module a kind: to add one, add a query to `ontology/checks` first.

`hygiene` runs those queries: a row is a finding, the first comment is its message. In Python is
only what SPARQL cannot say: `terms` (IRIs that nobody defines), `datatypes` (how literals are
written), `links` (SSSOM against the graph), `link_conflicts` (SSSOM against itself),
`shapes` (SHACL, by pyshacl), `logic` (OWL, by HermiT in a process of its own), `query_files` (the
syntax of every query, rule and check),
`conflicts` (values that exclude each other within one source).

A check takes the loaded tree or the graph and returns findings; it changes nothing. `outcome` is
the line that `kg check` prints for each. Imports model, sparql and `kg.pipeline.inputs`; only
`kg.pipeline.check` imports it.
"""
