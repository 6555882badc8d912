"""The IRIs of things, made only here and only from what identifies them."""

from __future__ import annotations

import hashlib
import json

from uscuba_kg.model import Claim, Ref, ThingKind
from uscuba_kg.rdf.vocab import ID

_HASH = 20


def iri_of(ref: Ref) -> str:
    """Give the IRI of a thing.

    >>> iri_of(Ref(ThingKind.PERSON, "josefina-vidal"))
    'https://w3id.org/uscuba-kg/id/person/josefina-vidal'
    """
    return f"{ID}{ref.kind}/{ref.key}"


def article_iri(sha256: str) -> str:
    """Give the IRI of an article, from the hash of its text."""
    return f"{ID}{ThingKind.ARTICLE.value}/{sha256[:16]}"


def claim_iri(claim: Claim, subject: str, predicate: str, object_key: str) -> str:
    """Give the IRI of a claim: one for each fact, article, place in its text and rule."""
    evidence = claim.evidence
    parts = (
        evidence.article, str(evidence.span.start), str(evidence.span.end), evidence.rule,
        subject, predicate, object_key,
    )  # fmt: skip
    # JSON keeps the parts apart whatever they hold, and is ASCII here whatever the Python
    digest = hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:_HASH]
    return f"{ID}claim/{digest}"
