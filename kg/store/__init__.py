"""Builds on disk, and the engine that holds one of them.

`builds` finds the current build and follows the pointer to it; `manifest` and `seal` say what a
build holds and whether its files are as they were published. `store` opens one, in memory or from
disk (pyoxigraph), and answers queries: rows and triples for our code, bytes in a media type
(`results`) for others. `merge` makes one graph of several, `added_files` loads third-party files
(pages read a store without them, whose `complete` has them),
`dump` writes a build as a file, `memory` remembers what was read of a store for as long as it
lives. `remote` asks another endpoint in the same words. `locks` share slots between processes.

Imports model and sparql. Everything that reads a build imports it; `kg.pipeline` writes what it
reads.

Words: the *pointer* is the link `current`; *sealed* means hashed and forced to disk; the *default
graph* is stored, not computed, so that no query pays for it.
"""
