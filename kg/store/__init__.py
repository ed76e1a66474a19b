"""Builds on disk, and the engines that hold them.

`builds` finds the current build and follows the pointer to it; `manifest` and `seal` say what a
build holds and whether its files are as they were published. `store` opens one and answers queries:
rows and triples for our code, bytes in a media type (`results`) for others; what needs no query
(`quad_reader`) may be asked for many nodes at once. It knows no engine, but asks one by the
interface in `engine`: `embedded` (pyoxigraph, in memory or from disk) or `remote` (SPARQL engines
behind HTTP, which KG_STORE names). `draft_graph` is what the steps of a build fill. `added_files`
loads third-party files (pages read a store without them, whose `complete` has them), `dump` writes
a build as a file, `memory` remembers what was read of a store for as long as it lives. `locks`
share slots between processes.

Imports model and sparql. Everything that reads a build imports it; `kg.pipeline` writes what it
reads.

Words: the *pointer* is the link `current`; *sealed* means hashed and forced to disk; the *default
graph* is stored, not computed, so that no query pays for it.
"""
