"""A build whose graph stands on a SPARQL engine: `kg build --store URL`.

The steps are those of `kg.pipeline.build`. `remote_build` empties the engine, unless `holdings`
says that it must not, and completes what the steps made: it adds third-party files, compares the
counts of all graphs (`verification`, `file_counts`) and writes the marker. `remote_draft` is the
graph that the steps are given, where rules run as updates (`kg.sparql.rewriting`); `engine_writer`
sends quads in parts, and `trusted_engine` takes a refused query for a failure.

An engine's URL and the graph of a build come in; an engine that holds the build, or an error comes
out. Imports `kg.store` and the lock and progress of the pipeline; `kg.pipeline.build` imports it.
"""
