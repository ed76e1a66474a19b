"""`kg mcp` costs no other command anything, and says what it needs."""

import subprocess
import sys
from pathlib import Path


def python(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_no_command_loads_the_sdk_until_agents_are_served() -> None:
    code = (
        "import sys, kg.cli.commands; print([n for n in ('mcp', 'starlette') if n in sys.modules])"
    )
    assert python(code).stdout == "[]\n"


def test_without_the_sdk_one_line_says_how_to_install_it() -> None:
    code = (
        "import sys; sys.modules['mcp'] = None\n"
        "from kg.cli.commands import kg_command; kg_command(['mcp'])"
    )
    run = python(code)
    assert (run.returncode, run.stdout) == (1, "")
    assert (
        run.stderr == "kg mcp needs the MCP SDK: install it with: pip install 'aide-memoire[mcp]'\n"
    )


def test_without_a_build_one_line_says_how_to_make_one(tmp_path: Path) -> None:
    code = f"import os; os.environ['KG_BUILDS'] = {str(tmp_path)!r}\n"
    run = python(f"{code}from kg.cli.commands import kg_command; kg_command(['mcp'])")
    assert run.returncode == 1
    assert "make one with: kg build" in run.stderr
