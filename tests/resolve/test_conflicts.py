"""Each kind of conflict: all claims stay, one is asserted by the rule, and the others are not."""

from __future__ import annotations

import msgspec
import pytest

from resolve.frames import claims_of, keys, listed, person, tell, together
from uscuba_kg.model import Knowledge, Predicate, Reading, Ref, Role, Status, ThingKind

MT = "migration-talks"
DAY = "2022-11-15"
SOTO = person("Elena Soto", "cuba")

H, P, C = Status.HELD, Status.PLANNED, Status.CANCELLED


def article(number: int, day: str = DAY, published: str | None = None, **more: object) -> Reading:
    """One of several that share no run of words."""
    words = " ".join(f"word{number}{n}" for n in range(70))
    known = {"series": MT, "place": "havana", **more}
    return tell(f"{words}.", day, published=published, **known)  # type: ignore[arg-type]


def copy_of(reading: Reading, published: str) -> Reading:
    """The same words on another page, a line added."""
    frame = reading.meetings[0]
    text = f"{reading.article.text} Copied on {published}."
    told = tell(text, frame.start.value.lexical, published=published)  # type: ignore[union-attr]
    evidence = told.meetings[0].evidence
    slots = {
        name: msgspec.structs.replace(slot, evidence=evidence)
        for name in ("status", "series", "place", "start")
        if (slot := getattr(frame, name)) is not None
    }
    parts = tuple(
        msgspec.structs.replace(
            part,
            who=msgspec.structs.replace(part.who, evidence=evidence),
            role=msgspec.structs.replace(part.role, evidence=evidence),
            side=msgspec.structs.replace(part.side, evidence=evidence) if part.side else None,
        )
        for part in frame.participants
    )
    copied = msgspec.structs.replace(frame, evidence=evidence, participants=parts, **slots)
    return Reading(told.article, (copied,))


def of(knowledge: Knowledge, predicate: Predicate) -> tuple[set[object], set[object]]:
    """What is asserted, and what is claimed and refused; no value is both."""
    claims = claims_of(knowledge, predicate)
    asserted = {_value(c.object) for c in claims if c.accepted}
    refused = {_value(c.object) for c in claims if not c.accepted}
    assert not asserted & refused
    return asserted, refused


def _value(found: object) -> object:
    if isinstance(found, Ref):
        return found.key
    return getattr(found, "lexical", found)


ONE_AGAINST_TWO = {
    "days": ({"day": "2022-11-16"}, {}, Predicate.START, DAY, "2022-11-16"),
    "last days": ({"day": "2022-11-16"}, {}, Predicate.END, DAY, "2022-11-16"),
    "places": ({"place": "washington"}, {}, Predicate.LOCATION, "havana", "washington"),
    "numbers": ({"ordinal": 4}, {"ordinal": 3}, Predicate.ORDINAL, 3, 4),
    "kinds": ({"kind": "commission"}, {"kind": "dialogue"}, Predicate.MEETING_KIND, "dialogue", "commission"),
    "held or not": ({"status": C}, {"status": H}, Predicate.STATUS, H, C),
}  # fmt: skip


@pytest.mark.parametrize("case", ONE_AGAINST_TWO)
def test_what_more_sources_say_is_asserted_and_the_rest_refused(case: str) -> None:
    slip, others, predicate, right, wrong = ONE_AGAINST_TWO[case]
    told = [article(0, **slip), article(1, **others), article(2, **others)]  # type: ignore[arg-type]
    knowledge = together(*told)
    assert len(keys(knowledge)) == 1
    assert of(knowledge, predicate) == ({right}, {wrong})
    assert len(claims_of(knowledge, predicate)) == len(told)


def test_who_led_is_asserted_of_those_whom_most_sources_name() -> None:
    slip = article(0, chairs=[SOTO, "roberta-jacobson"])
    others = [article(n, chairs=["josefina-vidal", "roberta-jacobson"]) for n in (1, 2)]
    knowledge = together(slip, *others)
    (meeting,) = keys(knowledge)
    roles = {
        (c.subject.key.removeprefix(f"{meeting}/"), c.object, c.accepted)
        for c in claims_of(knowledge, Predicate.ROLE)
    }
    assert roles == {
        ("josefina-vidal", Role.CHAIR, True),
        ("roberta-jacobson", Role.CHAIR, True),
        ("elena-soto", Role.CHAIR, False),
        ("elena-soto", Role.MEMBER, True),
    }


def test_two_who_are_named_together_led_together() -> None:
    both = article(0, chairs=["josefina-vidal", SOTO])
    knowledge = together(both, article(1, chairs=[SOTO]), article(2, chairs=["josefina-vidal"]))
    assert {c.accepted for c in claims_of(knowledge, Predicate.ROLE)} == {True}


def test_whom_somebody_acts_for_is_what_most_sources_say() -> None:
    """Copies of one text are one source."""
    moved = msgspec.structs.replace(listed("josefina-vidal"), side="united-states")
    first = article(0, members=[moved], published="2022-11-16")
    told = [first, copy_of(first, "2022-11-20"), copy_of(first, "2022-11-21")]
    told += [article(n, members=["josefina-vidal"]) for n in (1, 2)]
    knowledge = together(*told)
    assert len(keys(knowledge)) == 1
    assert of(knowledge, Predicate.ON_BEHALF_OF) == ({"cuba"}, {"united-states"})
    assert len(claims_of(knowledge, Predicate.ON_BEHALF_OF)) == len(told)


@pytest.mark.parametrize(
    ("ladder", "stands"),
    [
        ([P], P),
        ([P, C], C),
        ([P, C, P], P),
        ([P, C, H], H),
        ([P, C, P, H], H),
    ],
)  # fmt: skip
def test_the_status_climbs_from_announced_over_postponed_to_held(
    ladder: list[Status], stands: Status
) -> None:
    told = [
        article(n, published=f"2022-11-{10 + 2 * n}", status=status)
        for n, status in enumerate(ladder)
    ]
    for order in (told, told[::-1]):
        knowledge = together(*order)
        assert len(keys(knowledge)) == 1
        assert of(knowledge, Predicate.STATUS) == ({stands}, set(ladder) - {stands})


def test_a_late_copy_of_an_announcement_does_not_undo_what_was_held() -> None:
    announced = article(0, published="2022-11-10", status=P)
    held = article(1, published="2022-11-16")
    late = copy_of(announced, "2022-12-24")
    assert of(together(announced, held, late), Predicate.STATUS) == ({H}, {P})


def test_a_meeting_put_off_to_another_day_is_another_meeting() -> None:
    """What was called off stays called off; the round that was held has a day of its own."""
    off = article(0, published="2022-11-10", status=C)
    held = article(1, "2022-11-29", published="2022-11-30")
    knowledge = together(off, held)
    assert len(keys(knowledge, ThingKind.MEETING)) == 2
    assert of(knowledge, Predicate.STATUS)[0] == {H, C}
