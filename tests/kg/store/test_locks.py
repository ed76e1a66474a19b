"""Numbers are one process's at a time, and free again when it ends, however it ends."""

import os
import subprocess
import sys
from pathlib import Path

from kg.store.locks import claim_slot

HOLDING = """
import sys
from pathlib import Path
from kg.store.locks import claim_slot
print(claim_slot(Path(sys.argv[1]), "a", range(2))[0], flush=True)
sys.stdin.read()
"""


def test_a_number_is_taken_once_until_its_process_is_killed(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDING, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout
        assert other.stdout.readline() == "0\n"
        mine = claim_slot(tmp_path, "a", range(2))
        assert mine
        assert mine[0] == 1
        assert claim_slot(tmp_path, "a", range(2)) is None
        elsewhere = claim_slot(tmp_path, "b", range(2))
        assert elsewhere
        assert elsewhere[0] == 0
        other.kill()
    again = claim_slot(tmp_path, "a", range(2))
    assert again
    assert again[0] == 0
    for _, file in (mine, elsewhere, again):
        os.close(file)
