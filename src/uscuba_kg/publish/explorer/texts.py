"""What the pages of articles, statements, claims and participations show beside their evidence."""

from __future__ import annotations

from collections.abc import Mapping

from uscuba_kg.publish.explain import claims_of_article
from uscuba_kg.publish.explorer.evidence import Telling, tellings
from uscuba_kg.publish.explorer.meetings import Filters, meetings
from uscuba_kg.publish.explorer.visit import Visit, side
from uscuba_kg.rdf.vocab import COPY_OF, DCTERMS, OFFICIAL, OUTLET_OF, RDF, SCHEMA, USCUBA


def article(visit: Visit, iri: str, told: tuple[Telling, ...]) -> Mapping[str, object]:
    """Give what the template of an article needs: what is known of it and all that was read out of it."""
    home, copied, source = (visit.one(iri, p) for p in (OUTLET_OF, COPY_OF, DCTERMS + "source"))
    read = tellings(visit, claims_of_article(visit.view, iri))
    issued = visit.one(iri, DCTERMS + "issued")
    return {
        "read": read,
        "meetings": meetings(visit, Filters({"article": iri}, None, None)),
        "publisher": visit.one(iri, DCTERMS + "publisher"),
        "issued": visit.days(issued) if issued else "",
        "written_in": visit.one(iri, DCTERMS + "language"),
        "source": source if visit.href(source) else "",
        "retold": visit.one(iri, USCUBA + "retold") == "true",
        "official": visit.one(iri, OFFICIAL) == "true",
        "outlet_of": visit.thing(home) if home else None,
        "side": side(home) if home else "",
        "copy_of": visit.thing(copied) if copied else None,
        "citations": visit.all(iri, SCHEMA + "citation"),
        "sha256": visit.one(iri, SCHEMA + "sha256"),
    }


def statement(visit: Visit, iri: str, told: tuple[Telling, ...]) -> Mapping[str, object]:
    """Give what the template of a statement needs: the words, who spoke, and of what."""
    speaker = visit.one(iri, USCUBA + "speaker")
    state = visit.one(speaker, USCUBA + "ofState") or visit.one(speaker, USCUBA + "onBehalfOf")
    return {
        "text": visit.one(iri, SCHEMA + "text"),
        "speaker": visit.thing(speaker) if speaker else None,
        "side": side(state or speaker),
        "about": visit.things(visit.all(iri, SCHEMA + "about")),
        "retold": any(t.source.retold for t in told),
    }


def claim(visit: Visit, iri: str, told: tuple[Telling, ...]) -> Mapping[str, object]:
    """Give what the template of a claim needs: the fact, how it was read, whether it is asserted."""
    return {
        "fact": tuple(
            visit.thing(visit.one(iri, RDF + p)) for p in ("subject", "predicate", "object")
        ),
        "accepted": visit.one(iri, USCUBA + "accepted") == "true",
        "rule": visit.one(iri, USCUBA + "rule"),
        "confidence": visit.one(iri, USCUBA + "confidence"),
    }


def participation(visit: Visit, iri: str, told: tuple[Telling, ...]) -> Mapping[str, object]:
    """Give what the template of a part in a meeting needs: who, in what role, for whom, in which."""
    who, role, state = (visit.one(iri, USCUBA + p) for p in ("participant", "role", "onBehalfOf"))
    of = visit.view.subjects(USCUBA + "participation", visit.view.node(iri))
    return {
        "who": visit.thing(who) if who else None,
        "role": visit.thing(role) if role else None,
        "state": visit.thing(state) if state else None,
        "side": side(state),
        "meetings": visit.things(of),
    }
