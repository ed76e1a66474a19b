"""The compose file: what it names is there, and nothing but the balancer can be reached."""

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from kg.store.remote.replicas import DRAIN_SECONDS
from tests.deploy.proxies import DEPLOY, found_nginx

_VARIABLE = re.compile(r"\$\{\w+:-([^}]*)\}")


@pytest.fixture(scope="module")
def composed() -> dict[str, Any]:
    text = (DEPLOY / "compose.yaml").read_text(encoding="utf-8")
    composed: dict[str, Any] = yaml.safe_load(_VARIABLE.sub(r"\1", text))
    return composed


def test_services_name_networks_volumes_and_files_that_are_there(composed: dict[str, Any]) -> None:
    services = composed["services"]
    for service in services.values():
        assert set(service["networks"]) <= set(composed["networks"])
        assert set(service.get("depends_on", ())) <= set(services)
        mounted = [volume.partition(":")[0] for volume in service.get("volumes", ())]
        files = [name for name in mounted if name.startswith(".")]
        assert set(mounted) - set(files) <= set(composed["volumes"])
        assert [name for name in files if not (DEPLOY / name).is_file()] == []


def test_replicas_are_those_of_the_setting_and_out_of_reach(composed: dict[str, Any]) -> None:
    services = composed["services"]
    stores = {name for name in services if name.startswith("store-")}
    for name in ("web-1", "web-2", "build"):
        urls = services[name]["environment"]["KG_STORE"].split(",")
        assert {url.split("/")[2].partition(":")[0] for url in urls} == stores
    assert {len(stores), len(set(services["web-1"]["volumes"]))} == {3, 1}
    assert composed["networks"]["inside"] == {"internal": True}
    assert all(services[name]["networks"] == ["inside"] for name in stores)
    assert {name for name in services if "ports" in services[name]} == {"balancer"}


def test_the_balancer_is_configured_as_nginx_takes_it(
    tmp_path: Path, composed: dict[str, Any]
) -> None:
    nginx = found_nginx()
    if not nginx:
        pytest.skip("the balancer's file is not checked: nginx is not on this machine")
    text = (DEPLOY / "balancer.conf").read_text(encoding="utf-8")
    named = set(re.findall(r"server ([\w-]+):8000", text))
    assert named <= set(composed["services"])
    # Names of the compose file resolve within its network alone.
    for name in named:
        text = text.replace(f"server {name}:", "server 127.0.0.1:")
    paths = "".join(
        f"{name}_temp_path {tmp_path / name};\n"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    file = tmp_path / "nginx.conf"
    start = f"pid {tmp_path / 'pid'};\nerror_log {tmp_path / 'log'};\nevents {{}}\n"
    file.write_text(f"{start}http {{\naccess_log off;\n{paths}{text}}}\n", encoding="utf-8")
    command = [nginx, "-t", "-c", str(file), "-p", str(tmp_path)]
    tested = subprocess.run(command, capture_output=True, text=True, check=False)
    assert tested.returncode == 0, tested.stderr


def test_the_time_before_a_graph_is_changed_is_the_one_that_is_written() -> None:
    text = (DEPLOY / "STORES.md").read_text(encoding="utf-8")
    assert f"removed {DRAIN_SECONDS:g} seconds before its graph is changed" in text
