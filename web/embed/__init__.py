"""Pages for frames of other sites, and how these find them.

embedded    timeline, map, network and statement without what stands around them, for an iframe
embeddable  which of our addresses can be embedded, and what of
oembed      the same for sites that embed by an address alone (oEmbed)

They take the parameters of the pages that they are made of. Their policy allows any site to frame
them, and no script (`web.serving.cached_response`).
"""
