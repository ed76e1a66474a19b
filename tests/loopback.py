"""What servers on the loopback that stand in for those of others have in common."""

from http.server import BaseHTTPRequestHandler


class LoopbackHandler(BaseHTTPRequestHandler):
    """Sends whole responses, and writes no log."""

    def respond(self, status: int, media_type: str, body: bytes) -> None:
        """Send a response with its length."""
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Write no log."""
