"""How long pages of each type take to be complete, from the disk and from `kgpub serve`: `bench/pages.py [PROJECT] [TIMES]`.

It needs a built publication and Debian's Chromium. A page is complete at the end of its load event, counted from the start of the
navigation; each is opened TIMES times (5) in a browser that has kept nothing, and the median and the longest are printed.
"""

from __future__ import annotations

import statistics
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from playwright.sync_api import Browser
from tests.browser.chromium import chromium
from tests.browser.kinds import KINDS
from tests.serve.published import published

from kgpub.project import load_project

LOADED = "() => performance.getEntriesByType('navigation')[0].loadEventEnd"


def complete(browser: Browser, address: str, times: int) -> list[float]:
    """Return the milliseconds until a page was complete, for each of the times that it was opened anew."""
    taken: list[float] = []
    for _ in range(times):
        context = browser.new_context()
        page = context.new_page()
        page.goto(address, wait_until="load")
        page.wait_for_function(f"({LOADED})() > 0")
        taken.append(float(page.evaluate(LOADED)))
        context.close()
    return taken


def main(project: Path, times: int) -> None:
    """Measure and print a table."""
    dist = load_project(project).outputs.dist
    print(f"{'page':<22} {'disk, ms':>9} {'longest':>8} {'served, ms':>11} {'longest':>8}")
    with published(project, {}) as service, chromium() as browser:
        complete(browser, f"{dist.as_uri()}/index.html", 1)  # The first page of all waits for the browser itself.
        for kind in KINDS:
            row = [complete(browser, f"{root}/{kind.path}", times) for root in (dist.as_uri(), service.root)]
            shown = "".join(f"{statistics.median(one):>10.0f} {max(one):>8.0f} " for one in row)
            print(f"{kind.name:<22}{shown}")


if __name__ == "__main__":
    main(
        Path(sys.argv[1] if len(sys.argv) > 1 else "kgpub.toml").resolve(), int(sys.argv[2]) if len(sys.argv) > 2 else 5
    )
