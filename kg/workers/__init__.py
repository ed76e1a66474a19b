"""Processes that run the public's queries, and the queues in front of them.

A server process calls `pool.WorkerPool.run` with a `QueryRequest`. The `scheduler` gives it a quick
slot; a `connection` sends it to an idle worker (or has one forked) and waits. A query that is not
done after `quick_seconds` needs a slot of the `slow_queue`, which all server processes share: it
runs on at low priority, overruns its quick slot while no other query waits for it, or is preempted
and starts again later. At its deadline the worker is killed: nothing within a process stops the
engine. `cancellation` does the same at the client's wish, `budget` puts clients that used much
query time behind others.

`supervisor` starts the `forkserver`, which holds the current build and forks a `worker` for each
connection; processes talk by `worker_messages` over Unix sockets in one private folder.

Imported by `web`; imports `kg.endpoint` and everything below it.
"""
