"""Readers of files that are not plain Turtle or TriG of ours.

`sssom` reads tables of links to other datasets, with their metadata (`sssom_header`), and
`mapping_records` turns them into RDF; `checked_links` reads the report of their last check,
`additions` third-party RDF for `--add`, of which
`addition_reader` reads each file in a process of its own that may be killed. `term_places` finds
the line and column of a term in a file, so that a finding can name the place.

A file comes in; quads, or one SourceError with its place, come out. Imports model and store;
`kg.pipeline` imports it.
"""
