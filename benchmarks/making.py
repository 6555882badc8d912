"""Archives of any size whose truth is known: who met whom, where and on which day.

Stories are drawn from a seed and the words of ``making.toml``; several articles tell each, in two
languages, among sentences that tell of nobody. Some err, some are copies, some nearly so; others
tell of something else. The same size gives the same bytes.
"""

from __future__ import annotations

import datetime as dt
import gzip
import json
import random
import sys
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from webpages import packed, page, record

SEED = 1961
FIRST_DAY, DAYS = dt.date(1962, 1, 1), 36_500
MOST_TOLD = 8
ERRING, COPIED, NEARLY, ELSEWHERE, ONE_SIDED = 0.05, 0.05, 0.08, 0.1, 0.1
"""Shares: of articles that give a wrong day or chair, and of others for each article of the subject."""
BROKEN_LINES = 0.0005
IN_WARCS = 0.2
LANGUAGES = ("en", "es")


class Story(NamedTuple):
    """One meeting, as it was; ``places`` and ``subjects`` of making.toml by their number."""

    number: int
    day: dt.date
    place: int
    subject: int
    us: str
    cuba: str
    told: int


class Telling(NamedTuple):
    """One article: which story, which of its tellings, and what kind of text."""

    story: int
    number: int
    kind: str = "told"


class Made(NamedTuple):
    """An article as written: with the day that it was published on."""

    url: str
    title: str
    body: tuple[str, ...]
    language: str
    publisher: str
    published: dt.date


@lru_cache(maxsize=1)
def words() -> dict[str, Any]:
    """What articles are put together from."""
    return tomllib.loads(Path(__file__).with_name("making.toml").read_text(encoding="utf-8"))


def filling(language: str, many: int, draw: random.Random) -> list[str]:
    """Sentences that tell of no meeting."""
    said = words()[language]
    some = draw.sample(said["filling"], many)
    return [s.format(good=draw.choice(said["goods"]), n=draw.randint(12, 400)) for s in some]


def story_of(number: int) -> Story:
    """The story of that number."""
    draw = random.Random(f"{SEED} {number}")
    names = words()["names"]
    us = f"{draw.choice(names['us_first'])} {draw.choice(names['us_last'])}"
    cuba = f"{draw.choice(names['cuba_first'])} {draw.choice(names['cuba_last'])}"
    day = FIRST_DAY + dt.timedelta(days=draw.randrange(DAYS))
    place, subject = (
        draw.randrange(len(words()["places"])),
        draw.randrange(len(words()["subjects"])),
    )
    told = min(MOST_TOLD, 1 + int(draw.expovariate(0.4)))
    return Story(number, day, place, subject, us, cuba, told)


def stories(articles: int) -> Iterator[Story]:
    """As many stories as so many articles about the subject tell."""
    told = number = 0
    while told < articles:
        story = story_of(number)
        story = story._replace(told=min(story.told, articles - told))
        yield story
        told, number = told + story.told, number + 1


def tellings(articles: int) -> list[Telling]:
    """All articles of an archive in a drawn order."""
    draw = random.Random(SEED + articles)
    found = []
    for story in stories(articles):
        for number in range(story.told):
            found.append(Telling(story.number, number))
            for kind, share in (
                ("copy", COPIED), ("near", NEARLY), ("elsewhere", ELSEWHERE), ("one-sided", ONE_SIDED),
            ):  # fmt: skip
                if draw.random() < share:
                    found.append(Telling(story.number, number, kind))
    draw.shuffle(found)
    return found


def article_of(telling: Telling) -> Made:
    """Write an article."""
    draw = random.Random(f"{SEED} {telling.story} {telling.number}")
    story = story_of(telling.story)
    language = draw.choice(LANGUAGES)
    said = words()[language]
    if story.told > 2 and telling.number and draw.random() < ERRING:
        story = _erring(story, draw)
    outlet = draw.choice(said["outlets"])
    published = story.day + dt.timedelta(days=draw.randrange(3))
    told = _told(story, published, outlet, language)
    if telling.kind in ("elsewhere", "one-sided"):
        told["PLACE2"] = "Oslo"
        lead = draw.choice(said[telling.kind.replace("-", "_")]).format(**told)
        body = [lead, *filling(language, 6, draw)]
        title = " ".join(lead.split()[-6:]).rstrip(".")
    else:
        title = draw.choice(said["titles"]).format(**told)
        body = [
            draw.choice(said["leads"]).format(**told),
            draw.choice(said["chairs"]).format(**told),
        ]
        if draw.random() < 0.5:
            body.append(draw.choice(said["quotes"]).format(**told))
        body += [*filling(language, draw.randint(2, 6), draw), draw.choice(said["closings"])]
        if draw.random() < 0.3:
            body.insert(draw.randrange(len(body) + 1), draw.choice(said["menus"]))
        body.append(draw.choice(said["credits"]).format(**told))
    if telling.kind == "near":
        del body[-2]
        outlet = draw.choice(said["outlets"])
    mark = {"copy": "c", "near": "n", "elsewhere": "e", "one-sided": "o"}.get(telling.kind, "t")
    url = f"https://news{draw.randrange(40)}.example/{published}/{telling.story}-{telling.number}{mark}"
    return Made(url, title, tuple(body), language, outlet, published)


def _erring(story: Story, draw: random.Random) -> Story:
    """A story as somebody has it wrong who took the day before, or another name."""
    if draw.random() < 0.5:
        return story._replace(day=story.day - dt.timedelta(days=1))
    return story._replace(us=story_of(draw.randrange(1000)).us)


def _told(story: Story, published: dt.date, outlet: str, language: str) -> dict[str, str]:
    said = words()[language]
    place = words()["places"][story.place][language]

    def in_words(day: dt.date, pattern: str) -> str:
        return str(
            said[pattern].format(day=day.day, month=said["months"][day.month - 1], year=day.year)
        )

    return {
        "place": place,
        "PLACE": place.upper(),
        "subject": words()["subjects"][story.subject][language],
        "dated": in_words(story.day, "dated"),
        "after": in_words(published, "dated"),
        "us": story.us,
        "cuba": story.cuba,
        "last_us": story.us.split()[1],
        "last_cuba": story.cuba.split(maxsplit=1)[1],
        "outlet": outlet,
    }


def write_archive(folder: Path, articles: int, per_file: int) -> int:
    """Write an archive of so many articles about the subject; gives how many there are in all."""
    order = tellings(articles)
    for first in range(0, len(order), per_file):
        draw = random.Random(f"{SEED} file {first}")
        some = [article_of(telling) for telling in order[first : first + per_file]]
        if draw.random() < IN_WARCS:
            path = folder / f"{first // per_file:06}.warc.gz"
            path.write_bytes(packed(record(m.url, _page(m, draw).encode()) for m in some))
        else:
            path = folder / f"{first // per_file:06}.jsonl.gz"
            lines = [_line(made, draw) for made in some]
            path.write_bytes(gzip.compress("".join(lines).encode(), 6, mtime=0))
    return len(order)


def _line(made: Made, draw: random.Random) -> str:
    values = {
        "title": made.title,
        "url": made.url,
        "publisher": made.publisher,
        "published": made.published.isoformat(),
        "language": made.language,
        "text": "\n\n".join((made.title, *made.body)),
    }
    broken = '{"title": "cut o\n' if draw.random() < BROKEN_LINES else ""
    return json.dumps(values, ensure_ascii=False) + "\n" + broken


def _page(made: Made, draw: random.Random) -> str:
    head = (
        f'<meta property="article:published_time" content="{made.published}T09:00:00Z">'
        f'<meta property="og:site_name" content="{made.publisher}">'
    )
    return page("\n".join((made.title, *made.body)), draw.randrange(10), made.language, head)
