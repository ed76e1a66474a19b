"""A thing's page as data: lead sentence, grouped statements, panels, neighbourhood, claims.

`entity` is the way in: it reads the edges around the thing once (`statements.edges_around`) and
hands them to `statement_groups`, `panels` and `network`, so that the page numbers its footnotes in
one order and shows no statement twice. `lead` fills the pattern of the thing's class in
(`text_patterns`, which follow `property_paths`: for all things of a page side by side, so that a
page asks the store once for each step of the longest path). `schema_org` writes the same for
search engines, `rdf_export` as RDF; `stated_variants` lists the values of a disagreement.

A *panel* is a list on the pages of some classes that a query fills; `panel_declarations` reads
which, `panels` answers them, `panel_rows` describes each row. `outside_links` are the links to
other datasets. A *lead* is the opening sentence, a *gist* the few words beside a name on another
thing's page. All of these, and key facts, are declared in `ontology/display.ttl`: a new panel or
pattern needs no Python.

May import `terms`, `statements` and `network`; `lists` and `web` import it.
"""
