"""What the query page needs besides the endpoint: HTML results, links back, editor data, programs.

May import `kg`, `web.urls`, `web.request` and `web.serving`. `web.protocol.sparql` renders the page
with `page_result` (results or error as HTML), `page_links` (which pages offer the query) and
`snippets` (the query as curl, Python and R). `editor_data` serves JSON to the editor's scripts.

A new format for programs is a row in `kg.model.formats` (graphs) or in `web.request.negotiate`
(rows), with its writer in `kg`. A new view of rows in the browser is a module in
`assets/script/query/results/`, listed in `result.js`; `columns.js` decides when it fits.
"""
