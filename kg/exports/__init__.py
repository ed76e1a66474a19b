"""What pages show, as files for other programs: tables as CSV and XLSX, places, networks.

    table          rows and columns, and which cells are numbers
    csv_file       a table as CSV (RFC 4180), safe to open in a spreadsheet
    xlsx_file      a table as a workbook of one sheet (Office Open XML)
    geojson        places as points and areas
    graphml        nodes and edges with attributes

Equal tables make equal bytes, so that an export has an entity tag as a page has.
"""
