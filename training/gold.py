"""Gold articles as the reader sees them, each beside its annotation."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from uscuba_kg.ingest import read_source
from uscuba_kg.ingest.sources import Source
from uscuba_kg.packs.load import pack_for
from uscuba_kg.pipeline import read_article
from uscuba_kg.relate.relate import set_scene
from uscuba_kg.relate.setting import Setting
from uscuba_kg.world import load_world

_KEYS = ("title", "url", "publisher", "published", "language")


class Lesson(NamedTuple):
    """One gold article: its annotation, and its sentences as laid out before anything is judged."""

    gold: dict[str, Any]
    setting: Setting

    @property
    def name(self) -> str:
        """The article's id."""
        return str(self.gold["article"]["id"])


def lessons(folders: Sequence[Path]) -> Iterator[Lesson]:
    """Give a lesson for each ``ID.json`` beside its ``ID.txt`` and each line of a ``.jsonl``, by id.

    Metadata go with the text only where the annotation says that they are given. A text that the
    reader takes for several articles is left out.
    """
    for gold, record in sorted(_records(folders), key=lambda r: str(r[0]["article"]["id"])):
        articles, _ = read_source(Source("-"), io.BytesIO(json.dumps(record).encode()))
        if len(articles) == 1:
            pack = pack_for(articles[0].language)
            yield Lesson(gold, set_scene(read_article(articles[0]), pack, load_world()))


def _records(folders: Sequence[Path]) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    for folder in folders:
        for file in folder.rglob("*.json"):
            gold = json.loads(file.read_text(encoding="utf-8"))
            about = gold["article"]
            record = {"text": file.with_suffix(".txt").read_text(encoding="utf-8")}
            if about["metadata_given"]:
                record |= {key: about[key] for key in _KEYS if about.get(key)}
            yield gold, record
        for file in folder.rglob("*.jsonl"):
            for line in file.read_text(encoding="utf-8").splitlines():
                item = json.loads(line)
                record = {"text": item["text"], "language": item["language"]}
                if item.get("published"):
                    record["published"] = item["published"]
                yield {"article": {"id": item["id"]}, "meetings": item["meetings"]}, record
