"""What stands around the views: the build, the cache, the headers, the running of queries.

`bounds_check` and `response_cache` are WSGI middleware, outermost first; `flask_application` is the
Flask application inside them. A request beyond the bounds is refused. A cached response is sent
without Flask, and so is the result of a request that sends a query and no more (`plain_queries`).
Any other is made by a view and captured (`cached_response`), and cached if it has an entity tag and
is not `no-store` (`headers`). The key: what the request decides (`web.request.cache_key`).

Views take the store from `current_build`, run queries by `public_queries` (a look-up in this
process, any other in a worker's), and send statements by `graph_response`. `prerender` renders the
slowest pages when a build becomes current; `observe` counts queries for /metrics and the log.

At once: with AT_ONCE in its environment a request is answered on the event loop, or raises
NotAtOnce. Imports web.request and kg; imported by errors, views, `web` and web.edge.
"""
