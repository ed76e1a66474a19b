"""The network of things: nodes, ties, relations, paths and common neighbours.

`network` is the way in: `statements.edges_around` reads the edges of a thing, `ties` bundles those
to other things by property, `relations` lists the properties to filter by, `nodes` describes the
things. `common_neighbours` and `paths` show what ties several things together; `visible` hides
parts of a network that is already read.

A *tie* is a statement between two things; a *relation* is the property of ties, or a wider one.
The *focus* of a network is the things in its middle. Relations come from the ontology: a new
property between things is a relation at once, under its label, order and inverse of
`ontology/display.ttl`. Positions and SVG are made in `web/drawing`.

May import `terms` and `statements`; `things`, `lists` and `web` import it.
"""
