"""What programs request: SPARQL, graphs, the dataset description, feeds, calendars, health.

May import `kg`, `web.urls`, `web.request`, `web.serving`, and from `web.pages` the query string.
Each module is one protocol and its blueprint: `sparql` (SPARQL 1.1 Protocol), `graph_store` (Graph
Store HTTP Protocol), `graphs` (one named graph), `description` (VoID in parts, named queries),
`feeds` (Atom and iCalendar, written by `atom` and `ical`), `monitoring` (health, metrics),
`same_as` (which records of other datasets are the same).

A request's media type is chosen in `web.request.offered_types`; `web.serving.graph_response` writes
statements in it. Feeds and calendars of one build are equal byte for byte, wherever it is served.
"""
