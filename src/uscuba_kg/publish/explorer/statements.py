"""What was said: statements with their speakers, found by speaker or by what they are about."""

from __future__ import annotations

from dataclasses import dataclass

from uscuba_kg.publish.explorer.visit import Thing, Visit, side

_MOST = 200
_WHERE = {
    "about": "?statement schema:about ?thing .",
    "speaker": "?statement uscuba:speaker ?thing .",
}
_STATEMENTS = """SELECT DISTINCT ?statement ?text ?speaker ?state ?article ?issued ?retold WHERE {
  %s ?statement a uscuba:Statement ; schema:text ?text .
  OPTIONAL { ?statement uscuba:speaker ?speaker
    OPTIONAL { ?speaker uscuba:ofState|uscuba:onBehalfOf ?state } }
  OPTIONAL { ?claim rdf:subject ?statement ; prov:hadPrimarySource ?article .
    OPTIONAL { ?article dcterms:issued ?issued } OPTIONAL { ?article uscuba:retold ?retold } }
} ORDER BY ?issued ?statement LIMIT %d"""


@dataclass(frozen=True, slots=True)
class Statement:
    """Words that an article attributes to somebody; a retold article gives nobody's own words."""

    thing: Thing
    text: str
    speaker: Thing | None
    side: str
    article: Thing | None
    days: str
    retold: bool


def statements(visit: Visit, where: str, iri: str) -> tuple[Statement, ...]:
    """Give the statements of a speaker (``speaker``) or about a thing (``about``), the earliest first."""
    found: dict[str, Statement] = {}
    for row in visit.rows(_STATEMENTS % (_WHERE[where], _MOST), thing=iri):
        statement, text, speaker, state, article, issued, retold = row
        state = state or (speaker if "/state/" in speaker else "")
        found.setdefault(
            statement,
            Statement(
                visit.thing(statement),
                text,
                visit.thing(speaker) if speaker else None,
                side(state),
                visit.thing(article) if article else None,
                visit.days(issued),
                retold == "true",
            ),
        )
    return tuple(found.values())
