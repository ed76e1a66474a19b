"""Another dataset on a loopback port, which answers as a test tells it and keeps the requests."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Reply:
    """`pieces`, if any, are sent in place of the body, as they come."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    pieces: Callable[[], Iterator[bytes]] | None = None


class Dataset(ThreadingHTTPServer):
    """Replies by path; of a list, one after the other, and the last from then on."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.origin = f"http://127.0.0.1:{self.server_port}"
        self.replies: dict[str, list[Reply]] = {}
        self.requests: list[tuple[str, str]] = []
        self.headers: list[dict[str, str]] = []
        self.bodies: list[bytes] = []
        self.stopped = threading.Event()

    def reply(self, path: str, *replies: Reply) -> None:
        self.replies[path] = list(replies)


class Handler(BaseHTTPRequestHandler):
    server: Dataset

    def do_GET(self) -> None:
        self.server.requests.append((self.command, self.path))
        self.server.headers.append(dict(self.headers))
        self.server.bodies.append(self.rfile.read(int(self.headers.get("Content-Length", "0"))))
        left = self.server.replies.get(self.path, [Reply(b"nothing", 404)])
        reply = left.pop(0) if len(left) > 1 else left[0]
        self.send_response(reply.status)
        length = {} if reply.pieces else {"Content-Length": str(len(reply.body))}
        for name, value in {**length, **reply.headers}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            for piece in reply.pieces() if reply.pieces else [reply.body]:
                try:
                    self.wfile.write(piece)
                except OSError:
                    return

    do_POST = do_HEAD = do_GET  # noqa: N815 - the names that http.server calls

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def dataset() -> Iterator[Dataset]:
    with Dataset() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield server
        finally:
            server.stopped.set()
            server.shutdown()
            thread.join()


def trickle(server: Dataset) -> Callable[[], Iterator[bytes]]:
    """Send a byte now and then, until the server stops."""

    def pieces() -> Iterator[bytes]:
        while not server.stopped.wait(0.05):
            yield b" "

    return pieces
