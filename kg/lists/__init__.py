"""Lists of things: by class, facet, day and place, by name, and as calendars.

A page of a list is read in three steps: `facets` turns the filters of an address into a selection
of the index, the index returns the IRIs of one page, and `items` describes each thing. `listing`
does so for class pages, the timeline and the table of the map; `search` selects by name and by
identifier, `places` for the map, `dated_events` for calendars; `overview` fills the home page;
`linked_datasets` lists the links of what an identifier stands for.

*Filters* are what an address selects: values of facets, a first and a last day. A *facet* is a
property that lists filter by, such as actor. An *item* is one thing in a list. The *degree* of a
thing is its number of statements.

May import `terms`, `statements`, `network` and `things`. Only `web` and the tests import it.
"""
