"""What two formats need beyond the engine, used by `kg.model.formats`.

`jsonld` compacts JSON-LD, and `xml` writes RDF/XML and refuses what XML has no character or name
for. Start at `kg.model.formats`, which says which media type is written how.

Imports errors and prefixes of `kg.model`, and nothing of those that write by it.
"""
