"""The asynchronous edge: what stands between the network and the WSGI application.

A thread costs much, a byte from the network costs little. So one event loop in each worker process
reads requests into bounded memory, within deadlines. It calls the application as soon as a request
is complete: on the loop itself first, where what is cached or only looks something up is answered,
and in a thread if the application raises NotAtOnce (`web.serving.public_queries`). It sends
responses piece by piece, and closes the connections of clients that do not read them.

    connection   one connection: deadlines and bounds while a request is read (uvicorn, httptools)
    prompt       an answer that is there at once, sent without a task
    transport    the head and the body of an answer, sent as one
    sweeper      the open connections, and the end of those that are late
    application  a complete request: where it is answered, and how the response is sent (ASGI)
    problem      what the edge answers itself
    wsgi         the WSGI application: its environment, its response (PEP 3333)
    reserve      bytes that wait in memory, bounded for each client and for all together
    threads      threads, shared by clients in turn
    workers      the processes: started, watched, ended with the main one

Only `web.__main__` imports this package; tests of what is served use the WSGI application alone.
"""
