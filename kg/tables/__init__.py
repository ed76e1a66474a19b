"""CSV and TSV files to RDF, by metadata in the W3C's vocabulary for tabular data (CSVW).

`description` reads the metadata with the `csvw` library and refuses what that would only warn of.
`rows` reads the file: encoding, quotes, header, one line after another. `columns` joins the two: it
says which cell belongs to which column. `cells` turns the text of a cell into literals by its
datatype (`lexical`), `iri_templates` fills in the IRIs. `statements` makes the triples of each row,
as the minimal mode of https://www.w3.org/TR/csv2rdf/ does. `README.md` has an example.

A file and its metadata come in; triples, or errors with file, line and column, come out. Memory
does not grow with the file. Imports `kg.model`; `kg.pipeline` imports it.
"""
