"""Gold articles as the reader sees them, each beside its annotation."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from uscuba_kg.ingest import read_source
from uscuba_kg.ingest.sources import Source
from uscuba_kg.model import Article

_KEYS = ("title", "url", "publisher", "published", "language")


def load(folders: Sequence[Path]) -> Iterator[tuple[dict[str, Any], Article]]:
    """Give annotation and article for each ``ID.json`` beside its ``ID.txt``, sorted by id.

    Metadata go with the text only where the annotation says that they are given. A text that the
    reader takes for several articles is left out.
    """
    files = sorted((f for folder in folders for f in folder.glob("*.json")), key=lambda f: f.stem)
    for file in files:
        gold = json.loads(file.read_text(encoding="utf-8"))
        about = gold["article"]
        record = {"text": file.with_suffix(".txt").read_text(encoding="utf-8")}
        if about["metadata_given"]:
            record |= {key: about[key] for key in _KEYS if about.get(key)}
        stream = io.BytesIO(json.dumps(record).encode())
        articles, _ = read_source(Source("-"), stream)
        if len(articles) == 1:
            yield gold, articles[0]
