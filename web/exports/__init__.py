"""What pages list, as files to download: the same parameters give the same rows.

table_response   a table in the format that the client wants
citation_cells   the sentences of a row as two cells
listing_table    a list of things as rows; listing_file: all of it, or one page
result_table     a query's result, with labels beside IRIs; answer_file: of a query that it runs
map_file         places with outlines, as GeoJSON
network_file     things and ties, as GraphML
"""
