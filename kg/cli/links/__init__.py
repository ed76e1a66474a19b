"""`kg links` and `kg link`: what is done about links to other datasets, recorded and to be.

    checking       the group, `kg links list`, and `kg links check`
    linking        `kg link`: proposals of links
    reviewing      `kg link --review`: proposals accepted or rejected by single keys

Imported by `kg.cli.commands`; imports `kg.link_check` and `kg.linking`, which do the work.
"""
