"""The asynchronous edge: what stands between the network and the WSGI application.

The application answers in threads, and a thread is worth much; a byte from the network is worth
nothing until its request is complete. So one event loop in each worker process reads requests into
bounded memory, within deadlines, and only then has the application answer: at once where the answer
is cached or only looks something up, else in a thread. It sends answers piece by piece, and gives
up on clients that do not read them.

    connection   one connection: deadlines and bounds while a request is read (uvicorn, httptools)
    prompt       an answer that is there at once, sent without a task
    transport    the head and the body of an answer, sent as one
    sweeper      the open connections, and the end of those that are late
    application  a complete request: its WSGI environment, its answer, the sending of it (ASGI)
    problem      what the edge answers itself
    wsgi         the WSGI application: its environment, its answer (PEP 3333)
    reserve      bytes that wait in memory, bounded for each client and for all together
    threads      threads, given to clients in turn
    workers      the processes: started, watched, ended with the main one

Only `web.__main__` imports this package; tests of what is served use the WSGI application alone.
"""
