"""Words for RDF terms: labels, literals, dates, slugs, and the ontology as a reference.

`vocabulary` is read once per build: labels from the index, hierarchy and order of properties and
classes from the ontology (`ontology_records`). `display` turns an RDF term into the value that
pages show, with `literals` and `date_text` for literals and `iri_names` for IRIs without a label.
`slugs` resolves the local names of things in addresses. `reference` documents the ontology and
`completion` lists its terms for the editor.

A *term* is an RDF term; a *vocabulary term* is a property, class or concept. A *slug* is the local
name of a thing's IRI. *Bookkeeping* is what rules add for queries only. A wrong date in a page's
words is corrected in `date_text`, a wrong period in `kg.model.dates`.

May import `model`, `sparql`, `store`, `index`; `statements` and all above it import it.
"""
