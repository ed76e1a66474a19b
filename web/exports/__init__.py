"""What pages list, as tables to download: the same parameters give the same rows.

table_response   a table in the format that the client wants
listing_table    a list of things as rows
listing_file     all of a list or search, or one page of it
"""
