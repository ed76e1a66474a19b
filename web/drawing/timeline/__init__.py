"""Timelines, laid out once for the page's SVG and for the scripts that move it.

`dates` reads days, `spans` chooses what is shown at first, `lanes` keeps names apart at each scale,
`axis` places the dates below, `layout` puts all together and `window` draws one stretch of it.
`tenures` are the bars on the pages of offices. `web/templates/macros/timeline.html` draws them.

Imports kg.model and kg.things; pages and query results import it. A wrong date is wrong in
`kg/model/dates.py` (which days a date allows) or in the source's facts, seldom here.
"""
