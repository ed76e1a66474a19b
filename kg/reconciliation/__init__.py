"""Names of other people's tables to things of ours.

A query (`query`) has names, kinds and properties. `reconcile` looks candidates up by name, by
identifier and by property, describes each (`descriptions`, `property_values`), and ranks them by
`kg.matching`. A title such as “prime minister” also stands for those who held the office, as a
state and a day say (`offices`, `office_names`). `properties` says which properties a query may
name, `kinds` which classes; `suggest` completes both and names of things; `extension` reads
properties of things for new columns of a table.

Which properties there are besides those of the ontology is data: `properties.toml` and the queries
in `kg/queries/reconciliation`; synonyms of titles are in `offices.toml`.
Imports what reads a build: index, terms, things, lists; and matching. Only `web` imports it.
"""
