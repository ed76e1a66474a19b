"""Third-party files beside the graph, as `kg build --add` takes them in: RDF, and tables.

`additions` names what is added and writes its statements into a build; `mappings` finds metadata
for each table. `intake` starts `addition_reader`, which reads one file (`reading_task`, unpacked by
`unpacking`) in a process of its own that may be killed, within `bounds`.

Files come in; files of N-Triples or N-Quads, or errors with their places, come out, all or nothing.
Imports `kg.tables`, model and store; `kg.pipeline` imports it.
"""
