"""The drawings of pages as pictures to save: SVG that stands alone, and PNG made from it.

    picture     a drawing with its heading and where it is from, in the format that the client wants
    colours     `colours.toml`: the site's colours on light paper, written into each element
    world       land and borders, which a map outside the site must bring along
    rasterise   PNG, within time, memory and pixels; `raster_program` draws it, in its own process
    drawings    what is drawn of a timeline, a map, a network

The positions are those of the pages (`web.drawing`), the elements those of `templates/pictures`. An
element has its look in attributes: a picture needs no style sheet, which the site's security policy
and many programs would refuse.
"""
