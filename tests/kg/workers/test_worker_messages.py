import socket
import struct
import threading

import pytest

from kg.workers.worker_messages import receive_message, send_message


@pytest.mark.parametrize("size", [0, 1, 65_000, 65_536, 5_000_000])
def test_an_object_and_its_body_arrive_as_they_were(size: int) -> None:
    one, other = socket.socketpair()
    body = bytes(range(256)) * (size // 256 + 1)
    with one, other:
        sender = threading.Thread(target=send_message, args=(one, {"a": (1, "x")}, body[:size]))
        sender.start()
        assert receive_message(other) == ({"a": (1, "x")}, body[:size])
        sender.join()


def test_a_closed_connection_is_an_end_of_file() -> None:
    one, other = socket.socketpair()
    with other:
        one.close()
        with pytest.raises(EOFError):
            receive_message(other)


def test_a_connection_closed_in_a_message_is_an_end_of_file() -> None:
    one, other = socket.socketpair()
    with other:
        one.sendall(struct.pack("<IQ", 10, 10) + b"half")
        one.close()
        with pytest.raises(EOFError):
            receive_message(other)
