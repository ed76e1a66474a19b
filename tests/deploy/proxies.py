"""The proxies of `.deploy/` before a served instance: their examples as they are, but for hosts."""

from __future__ import annotations

import getpass
import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from kg.model.prefixes import ROOT
from tests.serving import free_port

DEPLOY = ROOT / ".deploy"
CADDY = Path(sys.prefix) / "bin" / "caddy"
# Nothing of the machine is touched: no ports of others, no trust store, no certificates from afar.
_OPTIONS = """{{
	admin off
	auto_https disable_redirects
	skip_install_trust
	storage file_system {storage}
	default_bind 127.0.0.1
}}
"""


@dataclass(frozen=True)
class Proxy:
    """A proxy that runs: its two sites, at the root and under a prefix, and whom to trust."""

    at_root: str
    under_prefix: str
    trust: ssl.SSLContext


@contextmanager
def caddy(folder: Path, port: int) -> Iterator[Proxy]:
    """Run Caddy with the example before a server at a port of this machine."""
    ports = free_port(), free_port()
    text = (DEPLOY / "Caddyfile").read_text(encoding="utf-8")
    sites = {f"{name} {{": f"https://localhost:{n} {{\n\ttls internal" for name, n in _named(ports)}
    file = folder / "Caddyfile"
    options = _OPTIONS.format(storage=folder / "caddy")
    file.write_text(options + _replaced(text, sites, port), encoding="utf-8")
    # Its own settings, or those of whoever runs the test, are not to be read or written.
    environment = os.environ | {"HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    command = [str(CADDY), "run", "--config", str(file), "--adapter", "caddyfile"]
    with _running(command, folder / "caddy.log", environment, ports):
        certificate = folder / "caddy" / "pki" / "authorities" / "local" / "root.crt"
        yield Proxy(*_addresses(ports), _trust(certificate, ports))


@contextmanager
def nginx(folder: Path, port: int) -> Iterator[Proxy]:
    """Run nginx with the example before a server at a port of this machine."""
    ports = free_port(), free_port()
    certificate, key = _certificate(folder)
    text = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    for name, number in _named(ports):
        text = text.replace(f"/etc/ssl/{name}.pem", str(certificate))
        text = text.replace(f"/etc/ssl/{name}.key", str(key))
        text = text.replace(
            f"listen 443 ssl;\n    server_name {name};",
            f"listen 127.0.0.1:{number} ssl;\n    server_name localhost;",
        )
    writable = "\n".join(
        f"{name}_temp_path {folder / name};"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    file = folder / "nginx.conf"
    # Else workers of root's nginx are of a user who cannot write here.
    user = f"user {getpass.getuser()};\n" if os.getuid() == 0 else ""
    file.write_text(
        f"{user}pid {folder / 'nginx.pid'};\nerror_log {folder / 'error.log'};\nevents {{}}\n"
        f"http {{\naccess_log off;\n{writable}\n{_replaced(text, {}, port)}\n}}\n",
        encoding="utf-8",
    )
    command = [found_nginx() or "nginx", "-c", str(file), "-p", str(folder), "-g", "daemon off;"]
    with _running(command, folder / "nginx.log", dict(os.environ), ports):
        yield Proxy(*_addresses(ports), _trust(certificate, ports))


def found_nginx() -> str | None:
    """Return where nginx is; systems have it where only root's shell looks."""
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")


def _trust(certificate: Path, ports: tuple[int, int]) -> ssl.SSLContext:
    """Return whom to trust once both sites have a certificate: Caddy makes its own meanwhile."""
    for _ in range(100):
        with suppress(OSError):
            trust = ssl.create_default_context(cafile=str(certificate))
            for port in ports:
                _shake_hands(trust, port)
            return trust
        time.sleep(0.1)
    raise SystemExit(f"no certificate for ports {ports}")


def _shake_hands(trust: ssl.SSLContext, port: int) -> None:
    plain = socket.create_connection(("localhost", port), timeout=5)
    # In a block, which closes the socket if there is no certificate yet.
    wrapped = trust.wrap_socket(plain, do_handshake_on_connect=False, server_hostname="localhost")
    with wrapped as secure:
        secure.do_handshake()


def _named(ports: tuple[int, int]) -> list[tuple[str, int]]:
    return list(zip(("graph.example", "example.org"), ports, strict=True))


def _addresses(ports: tuple[int, int]) -> tuple[str, str]:
    return f"https://localhost:{ports[0]}", f"https://localhost:{ports[1]}/kg"


def _replaced(text: str, parts: dict[str, str], port: int) -> str:
    for part, other in {**parts, "127.0.0.1:8000": f"127.0.0.1:{port}"}.items():
        assert part in text, f"the example has no {part}"
        text = text.replace(part, other)
    left = re.findall(r"^[^#\n]*(?:example\.org|graph\.example).*$", text, re.MULTILINE)
    assert left == []
    return text


def _certificate(folder: Path) -> tuple[Path, Path]:
    certificate, key = folder / "site.pem", folder / "site.key"
    command = (
        *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"),
        *("-nodes", "-days", "1", "-subj", "/CN=localhost"),
        *("-addext", "subjectAltName=DNS:localhost"),
        *("-keyout", str(key), "-out", str(certificate)),
    )
    subprocess.run(command, check=True, capture_output=True)
    return certificate, key


@contextmanager
def _running(
    command: list[str], log: Path, environment: dict[str, str], ports: tuple[int, int]
) -> Iterator[None]:
    with (
        log.open("wb") as out,
        subprocess.Popen(command, env=environment, stdout=out, stderr=out) as process,
    ):
        try:
            for port in ports:
                _wait_until_up(process, port, log)
            yield
        finally:
            process.terminate()


def _wait_until_up(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    for _ in range(300):
        if process.poll() is not None:
            raise SystemExit(f"the proxy ended: {log.read_text()}")
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)
    raise SystemExit(f"the proxy does not start: {log.read_text()}")
