"""How the index of a build is made: one pass over the lines of its dataset, then SQL.

`subjects` reads the sorted N-Quads, a subject after the other, and puts what it says into `stage`:
tables that name IRIs by numbers and need no order (`stage.sql`). `terms` is what the ontology says
of classes, facets and statuses, which the pass needs. `index.sql` then numbers the IRIs by name,
joins and sorts; SQLite does so on disk, so that memory holds one subject and a few batches of rows.

Lines and a store come in, a filled database comes out. Imports `kg.nquads`, the store and the rest
of the index; `kg.index.writer` imports it.
"""
