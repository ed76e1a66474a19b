"""Maps, laid out once for the page's SVG and for the scripts that move it.

`view` chooses the part of the world, `labels` the names that have room, `layout` puts both
together; `territories` are outlines. `web/templates/macros/map.html` draws what comes out.

Imports kg.lists and kg.model; pages and query results import it. Words: a *view* is a part of the
world in degrees, a *point* stands for one or more places, an *inset* enlarges a small territory.
"""
