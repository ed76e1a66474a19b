"""The index of a build: an SQLite file of what SPARQL is slow at.

`writer` makes it, once per build: one pass over the sorted statements, then SQL (`writing`), with
what `kg/queries/index` asks of the ontology. `hierarchy` closes the class tree, `folding` makes
names comparable, `wkt` reads points. `reader` asks the file: names by beginning or resemblance,
members of a class, facets, days, points, degrees and counts. `thing_filter` says which things a
list is about, `sql` has the statements that read.

Imports model, nquads, sparql and store. The pipeline writes it; terms, statements, things, lists
and network read it, so no page reads the whole graph.

Words: a *folded* name has no accents, case or punctuation; a *degree* is the number of statements
around a thing; a *tally* counts them by property; a *selection* is what long lists
count, once for each build; a *moment* is the key that sorts by time.
"""
