"""What all other packages use: names, media types, dates, languages, errors, text files.

`prefixes` turns IRIs into prefixed names and back, by the map in force: that of the tree while a
build is made, that of the build while one is served. `named_graphs` names the named graphs.
`formats` is the one table of media types; `syntaxes` writes what needs more than the engine does.
`dates` reads partial dates and gives the key that sorts by time, `languages` holds the reader's
language, and `translations` gives the interface's texts in it, from `kg/translations`.
`text_files` reads UTF-8 and says where a file cannot be parsed. `errors` is the one tree of
exceptions; `outside_datasets` is the table of datasets that links lead to; `source_texts` are the
texts of a tree that a build carries with its graph.

Imports nothing of ours. Any module may import it.

Words: a *prefixed name* is `dip:State`; a *partial date* gives a year or a month only; a
*namespace* is the part of an IRI that a prefix stands for.
"""
