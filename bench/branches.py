"""Says what part of the branches the tests took, and fails below a percentage: `branches.py .coverage.json 90`."""

from __future__ import annotations

import json
import sys
from pathlib import Path


def main(report: str, least: str) -> int:
    """Print the figure of a coverage.py JSON report; return 1 where it is below `least` per cent."""
    totals = json.loads(Path(report).read_text(encoding="utf-8"))["totals"]
    share = 100 * totals["covered_branches"] / totals["num_branches"]
    print(f"Branches taken: {totals['covered_branches']} of {totals['num_branches']}, {share:.1f} %")
    if share < float(least):
        print(f"That is less than {least} %.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
