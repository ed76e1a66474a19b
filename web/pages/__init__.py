"""The HTML pages: home, things, lists, sources, ontology, network, and files for crawlers.

May import `kg`, `web.urls`, `web.request`, `web.drawing` and `web.serving`; nothing there imports
this package. A view reads the query string (`query_string`), calls one function of `kg` and renders
one template. `lists` and `sources` also answer JSON or RDF, by `web.request.offered_types`.

A thing's page is a list of sections (`thing_sections`), each with a template in `templates/thing/`.
A panel is a section that `ontology/display.ttl` declares (`dip:Panel`), with a query in
`kg/queries/pages/` and a view in `templates/macros/panels.html`: a new panel needs no Python.
A listing is one page of results, with facets to filter by and the filters that are active.
"""
