"""Links to other datasets, for readers: how many there are, their tables, what is missing.

`overview` is `/links` and the SSSOM tables to download, `check` the last check of links. The
section on a thing's page is `templates/thing/other_datasets.html`, the service for programs
`web.protocol.same_as`.

May import `kg`, `web.urls`, `web.request` and `web.serving`. Nothing here asks another dataset
while it makes a page.
"""
