"""The build on Spark, for outside data beyond one machine: `kg build --spark MASTER`.

    kg build --spark spark://host:7077 --add un.nq.gz --add wikidata.parquet --output hdfs://…/graph

`build` goes through it: `reading` takes our files and outside data (N-Triples, N-Quads, Parquet
with the columns subject, predicate, object, graph) in parts; `differences` compares what sources
state, with `resolving` on the workers; `rules` derives; `checks` and `counting` look at the result;
`writing` sorts it into parts of N-Quads with a manifest, for `oxigraph load` or Virtuoso's
`ld_dir`. `graph` holds the tables in between, on the disks that all workers share, and `session`
starts Spark. The queries are those of `ontology/`, translated by `kg.spark.sparql`.

Outside data is part of the graph here: rules conclude from it and checks look at it, while a build
on one machine adds it unchecked. Its findings are counted in the manifest and stop nothing; a
mistake in our own files does. SHACL shapes, the logic of the ontology and unused decisions are left
to `kg check`, which reads our files alone.

A term is stored as the engine of the other builds stores it ("01"^^xsd:integer as "1"), but for
durations and moments, which stay as they are written. Dates are of the years 1 to 9999.

Needs `aide-memoire[spark]` and Java 17; no other package imports this one before it is asked for.
"""
