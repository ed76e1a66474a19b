"""N-Quads as lines of bytes, for graphs that memory does not hold.

`lines` takes a line apart and groups the lines of one triple, without an object for each term.
`sorting` sorts lines in parts on disk, so that memory holds one part; `canonical` writes a dataset
as canonical N-Quads (RDFC-1.0), of which it holds only the quads that have blank nodes; `counting`
counts things, claims and sentences while lines pass.

Lines of bytes go in and come out, each with its line break. Imports the prefixes of `kg.model`; the
store, the index, the pipeline and the releases import it.
"""
