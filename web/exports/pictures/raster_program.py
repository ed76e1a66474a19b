"""Read SVG from standard input, write PNG to standard output: a program, run by `rasterise`.

It imports nothing of ours, so that it starts in a moment, and ends itself when it takes too much.
"""

import json
import resource
import sys

import resvg_py

# Bytes of address space: the system's largest fonts are mapped into it. Seconds of the processor.
MEMORY, SECONDS = 3_000_000_000, 20


def draw_png() -> None:
    """Make the picture that the first line asks for, in JSON, of the SVG that follows it."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    options = json.loads(sys.stdin.buffer.readline())
    svg = sys.stdin.buffer.read().decode()
    sys.stdout.buffer.write(bytes(resvg_py.svg_to_bytes(svg_string=svg, **options)))


if __name__ == "__main__":
    draw_png()
