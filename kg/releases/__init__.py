"""The releases of the graph, and the files of each to download, for an opened build.

`history` answers which releases there were, newest first (the opened build itself is the first),
and since which of them a source or a cited statement is part of the graph. `downloads` has the
dumps of the opened build, with their sizes and hashes. What both read was written when the build
was published (`kg.pipeline.publication`); nothing here changes a build.
"""
