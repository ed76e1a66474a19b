"""Servers on loopback that answer with exactly the bytes of a test."""

import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import pytest


@dataclass
class ScriptedServer:
    """Sends one of `responses` to each request in turn, the last one from then on; counts."""

    responses: Sequence[bytes]
    linger: bool = False
    requests: list[bytes] = field(default_factory=list)
    connections: int = 0

    def __post_init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._open: list[socket.socket] = []
        self._threads = [threading.Thread(target=self._accept)]
        self._threads[0].start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}/query"

    def _accept(self) -> None:
        while True:
            try:
                sock, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            self._open.append(sock)
            self._threads.append(threading.Thread(target=self._answer, args=(sock,)))
            self._threads[-1].start()

    def _answer(self, sock: socket.socket) -> None:
        with sock:
            while request := _read(sock):
                response = self.responses[min(len(self.requests), len(self.responses) - 1)]
                self.requests.append(request)
                sock.sendall(response)
                if not response or b"keep-alive" not in response:
                    # An open connection without a complete response, until the client closes it.
                    while self.linger and sock.recv(1):
                        pass
                    return

    def close(self) -> None:
        if self._listener.fileno() < 0:
            return
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for sock in self._open:
            if sock.fileno() >= 0:
                sock.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join()


def _read(sock: socket.socket) -> bytes:
    """Read one request, of which the length is stated; b"" at the end."""
    data = b""
    while b"\r\n\r\n" not in data:
        piece = sock.recv(65536)
        if not piece:
            return b""
        data += piece
    head, _, body = data.partition(b"\r\n\r\n")
    lines = [line.lower() for line in head.split(b"\r\n")]
    length = next((int(x.split(b":")[1]) for x in lines if x.startswith(b"content-length")), 0)
    while len(body) < length:
        body += sock.recv(65536)
    return head + b"\r\n\r\n" + body


Serve = Callable[..., ScriptedServer]


@pytest.fixture
def serve() -> Iterator[Serve]:
    servers: list[ScriptedServer] = []

    def start(*responses: bytes, linger: bool = False) -> ScriptedServer:
        servers.append(ScriptedServer(responses, linger))
        return servers[-1]

    yield start
    for server in servers:
        server.close()
