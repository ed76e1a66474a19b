"""Networks, laid out once for the page's SVG and for the scripts that move it.

`neighbourhood` places the focus between two columns of neighbours, by relation. `result_graph`
spreads any graph by what is shared: `spread` finds positions, `labels` the names that have room.
`layout` has the words of both (form, node, edge, label), and `data` writes a layout as JSON.
"""
