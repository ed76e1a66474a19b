"""Questions that readers save: asked at one build, and again at each build that follows.

    answers        an answer as rows in one order, its hash, and how two of them differ
    questions      a saved question: its text, and the answers recorded for it
    schema.sql     the tables of the archive
    archive        where saved questions are stored, for all processes of a server
    answer_tables  the answers in its tables
    asking         ask a saved question again, and record what came of it
    notices        changes of answers that wait to be sent
    webhook        what a server's owner is sent when an answer has changed
    errors         why a question is not saved

The archive is one SQLite file (WAL) apart from the builds, so that what was saved outlives them.
The answer at a build is recorded once: until the next build, pages and feeds read it from there.
Imports `kg.endpoint.request` for queries and `kg.outside` for the webhook; imported by `kg.cli` and
`web.saved`.
"""
