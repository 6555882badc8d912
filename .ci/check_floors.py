"""Compare a score with its floors: a figure under its floor fails, one well over it wants a new floor."""

from __future__ import annotations

import json
import sys
from pathlib import Path

SLACK = 0.02


def main() -> int:
    """Check the files named on the command line against floors.json, by file name."""
    floors = json.loads(Path(__file__).with_name("floors.json").read_text(encoding="utf-8"))
    failed = 0
    for name in sys.argv[1:]:
        path = Path(name)
        slots = json.loads(path.read_text(encoding="utf-8"))["slots"]
        for key, floor in floors[path.stem].items():
            slot, figure = key.split(".")
            value = slots[slot][figure]
            if value is None or value < floor:
                failed += 1
                print(f"{path.stem}: {key} is {value}, under its floor {floor}")
            elif value > floor + SLACK:
                print(f"{path.stem}: {key} is {value:.3f}: raise its floor {floor}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
