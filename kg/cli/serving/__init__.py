"""Commands for those who serve a build: `kg mcp` serves agents, `kg saved` lists saved questions.

`kg serve`, which serves the site, is in `kg.cli.commands`. `kg mcp` replaces its own process by a
server of `web`, so that signals of a service manager reach that server, or serves on standard input
and output by itself.

Imported by `kg.cli.commands` alone.
"""
