"""`kg links`: what is done about recorded links to other datasets.

    checking       the group, `kg links list`, and `kg links check`

Imported by `kg.cli.commands`; imports `kg.link_check`, which does the work.
"""
