"""Put a file into the engine as a server of ours does, and leave: what is timed as our load."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pyoxigraph

from kg.store.added_files import AddedFile, load_added

if __name__ == "__main__":
    path = Path(sys.argv[1])
    held = AddedFile(path.name, "http://example.org/bench", 0, "", 0, plain=True)
    load_added(pyoxigraph.Store(), path.parent, [held])
    # Taking a graph of millions apart before the process ends would be no part of loading it.
    os._exit(0)
