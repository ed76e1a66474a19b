"""The Reconciliation Service API: names of people's tables to things here.

https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/ and its draft of
version 1.0, https://reconciliation-api.github.io/specs/draft/. `published` answers version 0.2 at
/reconcile, `draft` the draft at /reconcile/1.0; each reads its requests (`published_queries`,
`draft_queries`) and writes what `kg.reconciliation` finds. `manifests` says what the service can
do, `tables` are the values for new columns, `suggestions` what completes a name. `json_requests`
reads JSON, and says where it is wrong; `callbacks` wraps an answer for JSONP.

Imports kg, web.request, web.serving and web.urls; only `web` imports it.
"""
