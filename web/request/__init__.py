"""What a request says: its bounds, its arguments, and what its headers decide.

`bounds` has the limits of all that a request may bring. `arguments` reads the address once,
`query_string` the filters and page numbers in it. `negotiate` reads one header into a media type, a
language or a coding; `offered_types` lists which media types each address offers; `decisions` puts
the three together. `cache_key` names the response that all of this leads to, for the cache and the
entity tag. `parameters` refuses what an address does not take, `hosts` reads the host that the
request names, `language` has the switch of languages.

A representation is the content of a response: build, path, arguments, language, media types.
Nothing here makes a response but for errors of HTTP. Imports kg; imported by all of web.
"""
