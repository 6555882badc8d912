"""Files, folders, addresses, standard input to articles: text, Markdown, HTML, JSON Lines, archives.

``read`` streams everything; ``list_inputs`` and ``read_source`` do the same source by source, for
worker processes. Knows pages and encodings, not what a meeting is.
"""

from uscuba_kg.ingest.places import is_address
from uscuba_kg.ingest.reading import LOST, read, read_source
from uscuba_kg.ingest.sources import (
    ENDINGS,
    MAX_BYTES,
    STDIN,
    WARC,
    Source,
    content_of,
    ending_of,
    identity_of,
    is_packed,
    is_unreadable,
    list_inputs,
    shown,
    span_of,
)
from uscuba_kg.ingest.tally import together

__all__ = [
    "ENDINGS",
    "LOST",
    "MAX_BYTES",
    "STDIN",
    "WARC",
    "Source",
    "content_of",
    "ending_of",
    "identity_of",
    "is_address",
    "is_packed",
    "is_unreadable",
    "list_inputs",
    "read",
    "read_source",
    "shown",
    "span_of",
    "together",
]
