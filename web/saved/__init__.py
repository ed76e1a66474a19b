"""Saved questions: a query at a short address, with its answer then and now.

    access        what the settings allow: the archive, how fast an address may save, the webhook
    same_origin   a form that changes something is sent by a page of this site, or by a program
    saving        POST /q: save a question
    question_page /q/CODE: then beside now, as a page, JSON and CSV
    comparison    two answers as the page sets them side by side
    watch         asks saved questions again at each new build, and sends what the webhook is owed

An answer is asked for once a build, by whoever comes first: a reader, or the background pass of a
process of the server. Until the next build it comes from the archive (`kg.saved`). The feed
`/q/CODE.atom` of what changed is `web.protocol.changes_feed`.
"""
