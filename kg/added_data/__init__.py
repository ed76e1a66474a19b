"""What third-party files of a build say of our things: shown beside them, never among them.

`added_statements` reads, at a bounded cost, what each file of `kg build --add` says of a thing or
of what it is the same as in other datasets. Pages read everything else from a store that does not
have those files (`Store.complete` has).

Imports `store`, `terms` and `things`; `web.pages` imports it.
"""
