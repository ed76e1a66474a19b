"""Questions for readers who write no SPARQL: a form, and two things together.

`form_page` reads the form, asks its query as the public does, within the same limits, and shows
the answer; `asking` runs the query, `answer_file` writes the answer as table or JSON. The names in
the fields are resolved to things first: the address that a reader keeps has slugs alone.

May import `web.serving`, `web.exports` and what lies below; `web.query` and `web.pages` link here.
"""
