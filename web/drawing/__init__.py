"""Positions of what pages draw: once, for the SVG without scripts and for scripts alike.

Imports `kg`, `web.urls` and the bounds of `web.request`; used by `web.pages`. Data runs one way:
a network, places or days come from `kg`; `network`, `map` and `time_scale` turn them into
positions; a template writes these as SVG, and the same positions leave as JSON (`network.data`) or
as attributes of the SVG. Scripts in `web/assets/script` magnify, filter and animate; they compute
no layout. `lines` breaks labels into lines, as text in SVG does not wrap.

Words: a *layout* holds placed *nodes*, *edges* and *labels*; a *form* is the room of a drawing
(narrow, wide); the *focus* is what a network is about; a label's *zoom* is the magnification from
which no other label is in its way; a *view* is the part of the world that a map shows.
"""
