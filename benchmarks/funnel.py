"""How fast archives go through the funnel, and what it loses: ``python benchmarks/funnel.py``.

Makes an archive of pages about something else (their words recombined from the project's made
articles, with every word for Cuba and every line about people of it taken out) and one of relevant
pages (the annotated articles of ``tests/gold`` in ten layouts, in whose menus Cuba does not stand),
sends both through, and prints megabytes a second and recall.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from uscuba_kg.ingest.funnel import fates
from uscuba_kg.world import load_world
from uscuba_kg.world.signs import is_named, people_of
from webpages import packed, page, record

_CUBA = re.compile(r"\w*(?:cub|haban|havan)\w*", re.IGNORECASE)
_MENU = re.compile("<a href=[^>]*>Cuba</a>")
_BATCH = 50


def main() -> None:
    """Make the archives, run, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=4000, help="irrelevant pages")
    parser.add_argument("--kilobytes", type=int, default=80, help="of each of them")
    parser.add_argument("--json", type=Path, help="write the figures there, for plan.py")
    given = parser.parse_args()
    texts = sorted((ROOT / "tests" / "gold").rglob("*.txt"))
    with tempfile.TemporaryDirectory() as folder:
        noise = Path(folder, "noise.warc.gz")
        size = _write_noise(noise, texts, given.pages, given.kilobytes)
        began = time.process_time()
        with noise.open("rb") as file:
            left = sum(bool(fate.articles) for fate in fates(file, "noise"))
        took = time.process_time() - began
        print(
            f"{given.pages:,} irrelevant pages, {size / 1e6:,.0f} MB unpacked: {left} got through"
        )
        print(
            f"{size / 1e6 / took:,.0f} MB and {given.pages / took:,.0f} pages a second of one core"
        )
        relevant = Path(folder, "relevant.warc.gz")
        relevant.write_bytes(packed(_relevant(texts)))
        began = time.process_time()
        with relevant.open("rb") as file:
            found = list(fates(file, "relevant"))
        each = (time.process_time() - began) / len(found)
        missed = [fate for fate in found if not fate.articles and fate.stopped != "new"]
        print(
            f"{len(found):,} relevant pages in ten layouts: recall {1 - len(missed) / len(found):.4f}"
        )
        if given.json:
            figures = {"mb_per_second": size / 1e6 / took, "seconds_per_named_page": each}
            given.json.write_text(json.dumps(figures) + "\n")
        for fate in missed[:20]:
            print(f"  lost at {fate.stopped}: {fate.url}")


def _write_noise(path: Path, texts: list[Path], pages: int, kilobytes: int) -> int:
    people = people_of(load_world(), "cuba")
    lines = [
        _CUBA.sub("Norway", line)
        for text in texts
        for line in text.read_text(encoding="utf-8").split("\n")
        if len(line) > 80 and not is_named(line, people)
    ]
    chance = random.Random(1)
    size = 0
    with path.open("wb") as file:
        for first in range(0, pages, _BATCH):
            records = []
            for number in range(first, min(pages, first + _BATCH)):
                words = "\n".join(["A page", *chance.sample(lines, 8)])
                script = f"<script>var x = '{'0123456789abcdef ' * (kilobytes * 60)}';</script>"
                html = page(words, number, head=script).replace("Cuba", "Norway")
                records.append(record(f"https://example.org/{number}", html.encode()))
            size += sum(map(len, records))
            file.write(packed(records))
    return size


def _relevant(texts: list[Path]) -> list[bytes]:
    records = []
    for number, path in enumerate(texts):
        text = path.read_text(encoding="utf-8")
        language = "es" if "es" in path.parts else "en"
        html = _MENU.sub("", page(text, number, language))
        records.append(record(f"https://example.org/{path.stem}", html.encode()))
    return records


if __name__ == "__main__":
    main()
