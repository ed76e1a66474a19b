"""For people who write a source: what is wrong with it, and what it may be about.

`new_source` makes the folder of a source, with the things that each sentence names, which
`mentions` finds. `source_check` lists the faults of one source. `suggest` names the things of the
graph that a new thing may be the same as, and the events that it may be part of; it compares the
`profiles` of things: their names, kinds, days, parties and places. `review` sets each statement of
a source beside what others state, by its `standing`, in the words of `labels`; `review_page` writes
it as HTML (`review.html`). `term_lines` explains a term of the ontology. The guide to all of this
is `kg/sources/README.md`.

All of it works on the files of a tree, before anything is built. Imports the pipeline and what is
below it; the `kg` command imports it, nothing that serves does.
"""
