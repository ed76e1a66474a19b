"""From the files of a tree to the build that is served.

`build` shows all of it on one screen: load → compare → derive → check → describe → index → publish.
`load` reads the files into quads, each in its named graph; `compare` leaves one value to the
default graph where sources differ, and records the others; `check` runs every check, and none of
them changes anything; `kg.inference.derive` runs the rules until nothing new appears; `describe`
adds VoID (of links: `linksets`), DCAT and the service description, which `description_parts` reads
from a build; `draft` fills a directory under another name; `publish` seals it, names it by its hash
and moves the pointer. One engine is handed from step to step. A failure leaves the last build
current.

Imports model, sparql, store, inference and index, and nothing that reads a build for pages. The
`kg` command imports it; `web` only for the description and the examples that it also serves.

Words: a *finding* has a file, line, column, message and hint; a *draft* is a build that is not
published yet; *added* files are third-party RDF, in graphs of their own and unchecked.
"""
