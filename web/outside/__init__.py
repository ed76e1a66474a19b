"""Look-through: what a linked dataset says of a thing, asked for when a reader wants it.

look           the page, its JSON and its image
look_access    what the settings allow, the client that asks, and where responses are cached
look_gate      how many requests may be under way, and how many one reader may cause

No other page sends a request to anybody, and none of ours loads anything from another host: an
image is fetched and passed on by this server. Imports `kg.outside`; `web` registers its views.
"""
