"""The frozen values that travel through the house, from article to claim.

Knows nothing but itself: no file, no RDF, no language, no other room. Offsets are code points
into ``Article.text`` as ingested; dates are as precise as the words that gave them and no more.
No value can hold itself, so that the garbage collector need not go through them (``gc=False``).
"""

from uscuba_kg.model.frames import (
    AgreementFrame,
    Annotated,
    MeetingFrame,
    Named,
    ParticipantFrame,
    PositionFrame,
    Reading,
    Slot,
    StatementFrame,
    UnitFrame,
)
from uscuba_kg.model.knowledge import (
    Claim,
    Fact,
    Finding,
    Knowledge,
    Label,
    Predicate,
    Ref,
    Report,
    Thing,
    Value,
    Witness,
)
from uscuba_kg.model.values import (
    Article,
    DateOrigin,
    DateRange,
    Evidence,
    Issue,
    Mention,
    MentionKind,
    PartialDate,
    Role,
    Span,
    Status,
    ThingKind,
)

__all__ = [
    "AgreementFrame",
    "Annotated",
    "Article",
    "Claim",
    "DateOrigin",
    "DateRange",
    "Evidence",
    "Fact",
    "Finding",
    "Issue",
    "Knowledge",
    "Label",
    "MeetingFrame",
    "Mention",
    "MentionKind",
    "Named",
    "PartialDate",
    "ParticipantFrame",
    "PositionFrame",
    "Predicate",
    "Reading",
    "Ref",
    "Report",
    "Role",
    "Slot",
    "Span",
    "StatementFrame",
    "Status",
    "Thing",
    "ThingKind",
    "UnitFrame",
    "Value",
    "Witness",
]
