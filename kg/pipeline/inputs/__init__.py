"""Readers of files that are not plain Turtle or TriG of ours.

`sssom` reads tables of links to other datasets, with their metadata (`sssom_header`), and
`mapping_records` turns them into RDF; `checked_links` reads the report of their last check.
`term_places` and `triple_places` find the line and column of a term or triple in a file, so that a
finding can name the place.

A file comes in; quads, or one SourceError with its place, come out. Imports model and store;
`kg.pipeline` imports it.
"""
