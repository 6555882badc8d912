"""A small realistic Knowledge, made by hand: two articles, three meetings, a conflict, a merge."""

from __future__ import annotations

import hashlib

from uscuba_kg.model import (
    Article,
    Claim,
    Evidence,
    Fact,
    Knowledge,
    Label,
    PartialDate,
    Predicate,
    Ref,
    Role,
    Span,
    Status,
    Thing,
    ThingKind,
    Value,
)

SENTENCES = {
    "en": (
        "U.S. and Cuban officials held migration talks in Havana on July 10, 2013.",
        "Edward Alex Lee of the Bureau of Western Hemisphere Affairs led the U.S. side.",
        "“We spoke plainly,” a Cuban diplomat said 🙂.",
        "A further round is planned for January 2014.",
    ),
    "es": (
        "Delegaciones de ambos países dialogaron en La Habana el 11 de julio de 2013.",
        "Meses después firmaron un acuerdo «postal».",
    ),
}
ENGLISH, SPANISH = (" ".join(sentences) for sentences in SENTENCES.values())


def _article(text: str, language: str, **more: object) -> Article:
    sha = hashlib.sha256(text.encode()).hexdigest()
    return Article(text, sha, f"{language}.md", language, **more)  # type: ignore[arg-type]


ARTICLES = (
    _article(
        ENGLISH,
        "en",
        title='Talks in "Havana"',
        url="https://news.example.org/talks?id=7",
        publisher="The Example Times",
        published=PartialDate(2013, 7, 12),
    ),
    _article(SPANISH, "es", retold=True, url="not a web address"),
)


def ref(kind: ThingKind, key: str) -> Ref:
    return Ref(kind, key)


TALKS = ref(ThingKind.MEETING, "migration-talks-2013-07-10")
FORMER = ref(ThingKind.MEETING, "talks-xxxx-07-11")
NEXT = ref(ThingKind.MEETING, "migration-talks-2014-01")
CUBA, UNITED_STATES = ref(ThingKind.STATE, "cuba"), ref(ThingKind.STATE, "united-states")
HAVANA = ref(ThingKind.PLACE, "havana")
LEE = ref(ThingKind.PERSON, "edward-alex-lee")
BUREAU = ref(ThingKind.ORGANIZATION, "bureau-of-western-hemisphere-affairs")
DEPARTMENT = ref(ThingKind.ORGANIZATION, "department-of-state")
PART = ref(ThingKind.PARTICIPATION, "migration-talks-2013-07-10/edward-alex-lee")
TOPIC = ref(ThingKind.TOPIC, "migration")
SERIES = ref(ThingKind.SERIES, "migration-talks")
SPEAKER = ref(ThingKind.SPEAKER, "cuban-diplomat")
STATEMENT = ref(ThingKind.STATEMENT, "we-spoke-plainly")
AGREEMENT = ref(ThingKind.AGREEMENT, "postal-accord")
STRANGER = ref(ThingKind.PERSON, "nobody-speaks-of-her")


def evidence(words: str, rule: str = "test.rule", confidence: float = 0.9) -> Evidence:
    """The words, in the article that has them, with their sentence around them."""
    article = next(a for a in ARTICLES if words in a.text)
    sentence = next(s for s in SENTENCES[article.language] if words in s)
    prefix, _, suffix = sentence.partition(words)
    start = article.text.index(sentence) + len(prefix)
    span = Span(start, start + len(words))
    return Evidence(article.sha256, span, words, rule, confidence, prefix, suffix)


def claim(
    subject: Ref, predicate: Predicate, value: Value, words: str, accepted: bool = True
) -> Claim:
    return Claim(subject, predicate, value, evidence(words), accepted)


def thing(what: Ref, name: str, **more: object) -> Thing:
    return Thing(what, (Label(name, "en"),), **more)  # type: ignore[arg-type]


P = Predicate
CLAIMS = (
    claim(TALKS, P.STATUS, Status.HELD, "held"),
    claim(TALKS, P.MEETING_KIND, "talks", "migration talks"),
    claim(TALKS, P.START, PartialDate(2013, 7, 10), "July 10, 2013"),
    claim(TALKS, P.START, PartialDate(2013, 7, 11), "11 de julio de 2013", accepted=False),
    claim(TALKS, P.LOCATION, HAVANA, "Havana"),
    claim(TALKS, P.SERIES, SERIES, "migration talks"),
    claim(TALKS, P.ORDINAL, 4, "migration talks"),
    claim(TALKS, P.ABOUT, TOPIC, "migration"),
    claim(TALKS, P.INVOLVES, CUBA, "Cuban"),
    claim(TALKS, P.INVOLVES, UNITED_STATES, "U.S."),
    claim(TALKS, P.PARTICIPATION, PART, "led the U.S. side"),
    claim(PART, P.PARTICIPANT, LEE, "Edward Alex Lee"),
    claim(PART, P.ROLE, Role.CHAIR, "led"),
    claim(PART, P.ON_BEHALF_OF, UNITED_STATES, "the U.S. side"),
    claim(PART, P.PARTICIPANT, BUREAU, "Bureau of Western Hemisphere Affairs", accepted=False),
    claim(NEXT, P.STATUS, Status.PLANNED, "planned"),
    claim(NEXT, P.MEETING_KIND, "talks", "round"),
    claim(NEXT, P.START, PartialDate(2014, 1), "January 2014"),
    claim(NEXT, P.INVOLVES, CUBA, "A further round"),
    claim(NEXT, P.INVOLVES, UNITED_STATES, "further round"),
    claim(STATEMENT, P.SPEAKER, SPEAKER, "a Cuban diplomat"),
    claim(STATEMENT, P.TEXT, "We spoke plainly,", "We spoke plainly,"),
    claim(STATEMENT, P.ABOUT, TALKS, "spoke"),
    claim(SPEAKER, P.ON_BEHALF_OF, CUBA, "a Cuban diplomat"),
    claim(AGREEMENT, P.SIGNED, PartialDate(2013), "firmaron un acuerdo «postal»"),
    claim(AGREEMENT, P.PARTY, CUBA, "firmaron"),
)

THINGS = (
    thing(TALKS, "Migration talks, 10 July 2013, Havana", subtype="talks"),
    thing(NEXT, "Migration talks, January 2014", subtype="talks"),
    Thing(CUBA, (Label("Cuba", "en"), Label("Cuba", "es")), wikidata="Q241"),
    thing(UNITED_STATES, "United States", wikidata="Q30"),
    Thing(
        HAVANA,
        (Label("Havana", "en"), Label("La Habana", "es"), Label("Habana", "en", "hidden")),
    ),
    thing(LEE, "Edward Alex Lee"),
    Thing(
        BUREAU,
        (Label("Bureau of Western Hemisphere Affairs", "en"), Label("WHA", "en", "alternative")),
        subtype="unit",
        background=(Fact(P.UNIT_OF, DEPARTMENT),),
    ),
    thing(
        DEPARTMENT,
        "Department of State",
        subtype="ministry",
        background=(Fact(P.OF_STATE, UNITED_STATES),),
    ),
    thing(PART, "Edward Alex Lee at the talks"),
    Thing(TOPIC, (Label("migration", "en"), Label("migración", "es"))),
    thing(SERIES, "Migration talks"),
    thing(SPEAKER, "a Cuban diplomat"),
    thing(STATEMENT, "What a Cuban diplomat said"),
    thing(AGREEMENT, "Postal accord"),
    thing(STRANGER, "A person whom no claim names"),
)

KNOWLEDGE = Knowledge(ARTICLES, THINGS, CLAIMS, replaced=((FORMER, TALKS),))
