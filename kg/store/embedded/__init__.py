"""The engine within this process: pyoxigraph, in memory or from a build's directory.

`engine` opens it and answers; `merge` makes one default graph of several that a query names, which
the engine itself would not (each triple once); `deep_stack` runs what nests deeply in a thread with
room for it, as the engine recurses. `default_graph` holds of a large build what most queries read.

Imports model and sparql. `kg.store.store` makes one for each build that it opens.
"""
