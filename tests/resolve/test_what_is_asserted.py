"""Every reading stays a claim; of values that exclude each other one is asserted."""

from __future__ import annotations

import pytest

from resolve.frames import article as article_of
from resolve.frames import (
    asserted,
    claims_of,
    day,
    keys,
    labels,
    listed,
    meeting,
    person,
    says,
    signs,
    tell,
    together,
)
from uscuba_kg.model import Knowledge, Predicate, Reading, Ref, Role, Status, ThingKind

MT = "migration-talks"
LED = "law-enforcement-dialogue"
MEETING = Ref(ThingKind.MEETING, "migration-talks-2022-11-15")

Telling = tuple[str, str | None, str | None]


def round_told(*tellings: Telling) -> Knowledge:
    """Articles of one round, each with its first day, last day and day of publication."""
    return together(
        *(
            tell(f"As article {number} tells: migration talks, {start} to {end}.", start, end, series=MT, published=published)
            for number, (start, end, published) in enumerate(tellings)
        )
    )  # fmt: skip


def days_of(knowledge: Knowledge) -> tuple[str, str | None]:
    (start,) = asserted(knowledge, Predicate.START)
    ends = asserted(knowledge, Predicate.END)
    assert len(ends) <= 1
    return start.lexical, next((end.lexical for end in ends), None)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("tellings", "expected"),
    [
        ([("2022-11-15", None, None)], ("2022-11-15", "2022-11-15")),
        ([("2022-11", None, None)], ("2022-11", None)),
        ([("--11-15", None, None)], ("--11-15", "--11-15")),
        ([("2022-11", None, None), ("2022-11-15", None, None)], ("2022-11-15", "2022-11-15")),
        ([("2022-11", None, None)] * 3 + [("2022-11-15", None, None)], ("2022-11-15", "2022-11-15")),
        ([("2022-11-15", None, None), ("2022-11-15", "2022-11-16", None)], ("2022-11-15", "2022-11-16")),
        (
            [("2022-11-14", "2022-11-15", None), ("2022-11-15", "2022-11-16", None), ("2022-11-15", "2022-11-16", None)],
            ("2022-11-15", "2022-11-16"),
        ),
        (
            [("2022-11-14", "2022-11-15", "2022-11-20"), ("2022-11-15", "2022-11-16", "2022-11-18")],
            ("2022-11-15", "2022-11-16"),
        ),
        (
            [("2022-11-15", "2022-11-16", "2022-11-20"), ("2022-11-15", "2022-11-17", "2022-12"), ("2022-11-15", "2022-11-16", None)],
            ("2022-11-15", "2022-11-16"),
        ),
        ([("2022-11-15", "2022-11-12", None)], ("2022-11-15", None)),
        ([("2022-11-30", "2022-12-01", None), ("2022-11-30", None, "2022-12-05")], ("2022-11-30", "2022-12-01")),
    ],
)  # fmt: skip
def test_the_first_and_last_day_come_from_one_reading(
    tellings: list[Telling], expected: tuple[str, str | None]
) -> None:
    knowledge = round_told(*tellings)
    assert len(keys(knowledge)) == 1
    assert days_of(knowledge) == expected
    assert {c.object.lexical for c in claims_of(knowledge, Predicate.START)} == {  # type: ignore[union-attr]
        start for start, _, _ in tellings
    }


def test_three_vague_readings_do_not_outvote_the_days_that_they_fit() -> None:
    days = [("2022-11-14", "2022-11-15", None), ("2022-11-15", None, "2022-11-16"), ("2022-11-15", None, None)]  # fmt: skip
    assert days_of(round_told(*days, *[("2022-11", None, None)] * 3))[0] == "2022-11-15"


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (["havana", "cuba", "cuba"], "havana"),
        (["new-york", "new-york-state", "united-states", "united-states"], "new-york"),
        (["cuba", None], "cuba"),
    ],
)
def test_a_city_is_asserted_before_the_state_it_lies_in(
    told: list[str | None], expected: str
) -> None:
    knowledge = together(
        *(
            tell(f"Article {n}: migration talks on November 15, 2022.", "2022-11-15", series=MT, place=place)
            for n, place in enumerate(told)
        )
    )  # fmt: skip
    (place,) = asserted(knowledge, Predicate.LOCATION)
    assert place.key == expected  # type: ignore[attr-defined]
    assert len(claims_of(knowledge, Predicate.LOCATION)) == sum(p is not None for p in told)


H, P, C = Status.HELD, Status.PLANNED, Status.CANCELLED


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ([(P, "2022-11-10"), (H, "2022-11-16")], H),
        ([(P, "2022-11-10"), (C, "2022-11-12")], C),
        ([(C, "2022-11-10"), (P, "2022-11-12")], P),
        ([(P, None), (C, None)], C),
        ([(P, None), (C, None), (H, None)], H),
        ([(P, "2022-11-10"), (H, None)], H),
        ([(P, "2022-11-10"), (C, "2022-11-10")], C),
        ([(H, "2022-11"), (P, "2022-11-16")], P),
    ],
)
def test_the_latest_article_tells_whether_it_was_held(
    told: list[tuple[Status, str | None]], expected: Status
) -> None:
    knowledge = together(
        *(
            tell(f"Article {n}: migration talks, November 15, 2022.", "2022-11-15", series=MT, status=status, published=published)
            for n, (status, published) in enumerate(told)
        )
    )  # fmt: skip
    assert asserted(knowledge, Predicate.STATUS) == {expected}
    assert {c.object for c in claims_of(knowledge, Predicate.STATUS)} == {s for s, _ in told}


def test_participants_of_all_articles_take_part_and_the_strongest_role_stands() -> None:
    soto = person("Elena Soto", "cuba")
    one = tell("Josefina Vidal came to the migration talks of November 15, 2022.", "2022-11-15", series=MT, members=["josefina-vidal"], topics=["migration"])  # fmt: skip
    two = tell("Josefina Vidal led Cuba at the migration talks of November 15, 2022; Elena Soto was host.", "2022-11-15", series=MT, chairs=["josefina-vidal"], members=["state-department", soto], hosts=[soto])  # fmt: skip
    knowledge = together(one, two)
    parts = [f"{MEETING.key}/{who}" for who in ("elena-soto", "josefina-vidal", "state-department")]
    assert keys(knowledge, ThingKind.PARTICIPATION) == parts
    roles = {
        (c.subject.key, c.object): c.accepted for c in claims_of(knowledge, Predicate.ROLE)
    }  # fmt: skip
    assert roles == {
        (parts[0], Role.HOST): True,
        (parts[0], Role.MEMBER): False,
        (parts[1], Role.CHAIR): True,
        (parts[1], Role.MEMBER): False,
        (parts[2], Role.MEMBER): True,
    }
    assert {c.subject.key: c.object.key for c in claims_of(knowledge, Predicate.ON_BEHALF_OF)} == {  # type: ignore[union-attr]
        parts[0]: "cuba",
        parts[1]: "cuba",
        parts[2]: "united-states",
    }
    assert asserted(knowledge, Predicate.ABOUT) == {Ref(ThingKind.TOPIC, "migration")}
    assert len(claims_of(knowledge, Predicate.INVOLVES)) == 4


def test_the_more_telling_kind_of_encounter_names_the_meeting() -> None:
    texts = ["Talks: November 15, 2022.", "Again talks: November 15, 2022."]
    vague = [tell(text, "2022-11-15", members=["josefina-vidal"]) for text in texts]
    exact = tell("A technical exchange: November 15, 2022.", "2022-11-15", kind="technical-exchange", members=["josefina-vidal"])  # fmt: skip
    knowledge = together(*vague, exact)
    (thing,) = (t for t in knowledge.things if t.ref.kind == ThingKind.MEETING)
    assert (thing.ref.key, thing.subtype) == ("technical-exchange-2022-11-15", "technical-exchange")
    kinds = claims_of(knowledge, Predicate.MEETING_KIND)
    assert {c.object for c in kinds} == {"talks", "technical-exchange"}
    assert asserted(knowledge, Predicate.MEETING_KIND) == {"technical-exchange"}


@pytest.mark.parametrize(
    ("reading", "expected"),
    [
        (
            tell("LED, Havana.", "2023-01-18", "2023-01-19", series=LED, place="havana"),
            {
                ("U.S.-Cuba Law Enforcement Dialogue, 18–19 January 2023, Havana", "en"),
                ("Diálogo sobre Aplicación y Cumplimiento de la Ley, 18-19 de enero de 2023, La Habana", "es"),
            },
        ),
        (
            tell("Talks at the turn of the year.", "2022-12-31", "2023-01-02", kind="talks"),
            {
                ("U.S.-Cuba talks, 31 December 2022 to 2 January 2023", "en"),
                ("Conversaciones Cuba-Estados Unidos, 31 de diciembre de 2022 al 2 de enero de 2023", "es"),
            },
        ),
        (
            tell("Migration talks in April.", "2022-04", series=MT),
            {
                ("U.S.-Cuba Migration Talks, April 2022", "en"),
                ("Ronda de Conversaciones Migratorias, abril de 2022", "es"),
            },
        ),
        (
            tell("A visit on May 3 in Viñales.", "--05-03", kind="visit", place=None),
            {
                ("U.S.-Cuba official visit, 3 May", "en"),
                ("Visita oficial Cuba-Estados Unidos, 3 de mayo", "es"),
            },
        ),
    ],
)  # fmt: skip
def test_a_meeting_is_called_by_its_series_days_and_place(
    reading: Reading, expected: set[tuple[str, str]]
) -> None:
    knowledge = together(reading)
    (key,) = keys(knowledge)
    found = labels(knowledge, Ref(ThingKind.MEETING, key))
    assert found == {(*label, "preferred") for label in expected}


YEARLESS = tell("On January 18 the Law Enforcement Dialogue met in Havana.", "--01-18", series=LED, place="havana", members=["josefina-vidal"])  # fmt: skip
FULL = tell("The dialogue on law enforcement: Havana, January 18-19, 2023.", "2023-01-18", "2023-01-19", series=LED, place="havana")  # fmt: skip


def test_names_from_single_articles_point_to_the_name_that_all_give() -> None:
    alone = f"law-enforcement-dialogue-xxxx-01-18-{YEARLESS.article.sha256[:8]}"
    known = "law-enforcement-dialogue-2023-01-18"
    who = "josefina-vidal"
    assert together(FULL, YEARLESS).replaced == (
        (Ref(ThingKind.MEETING, alone), Ref(ThingKind.MEETING, known)),
        (Ref(ThingKind.PARTICIPATION, f"{alone}/{who}"), Ref(ThingKind.PARTICIPATION, f"{known}/{who}")),
    )  # fmt: skip
    assert keys(together(YEARLESS)) == [alone]
    assert together(YEARLESS).replaced == together(FULL).replaced == ()


def test_a_name_that_is_still_in_use_is_not_replaced() -> None:
    month = tell("The dialogue met in January 2023.", "2023-01", series=LED)
    other = tell("In January 2023 the dialogue met in Washington.", "2023-01", series=LED, place="washington")  # fmt: skip
    knowledge = together(FULL, month, other)
    assert keys(knowledge) == [
        "law-enforcement-dialogue-2023-01",
        "law-enforcement-dialogue-2023-01-18",
    ]
    assert all(old.key != "law-enforcement-dialogue-2023-01" for old, _ in knowledge.replaced)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (["2009-09-17", "2009-09-17", "2009-09-18"], "2009-09-17"),
        (["2009-09", "2009-09", "2009-09-17"], "2009-09-17"),
        (["2009", None, None], "2009"),
    ],
)
def test_of_several_days_signed_one_is_asserted(told: list[str | None], expected: str) -> None:
    readings = [
        signs(f"Article {n} on the postal accord.", "postal accord", date, entity="postal-accord-2009")
        for n, date in enumerate(told)
    ]  # fmt: skip
    knowledge = together(*readings)
    assert keys(knowledge, ThingKind.AGREEMENT) == ["postal-accord-2009"]
    assert asserted(knowledge, Predicate.SIGNED) == {day(expected)}
    assert len(claims_of(knowledge, Predicate.PARTY)) == 2 * len(told)


def test_an_unlisted_agreement_is_known_by_its_name_and_day() -> None:
    dated = [signs(f"Article {n}: the Orchid Pact, signed on May 3, 2016.", "Orchid Pact", "2016-05-03") for n in (1, 2)]  # fmt: skip
    bare = signs("The Orchid Pact.", "Orchid Pact")
    yearless = signs("The Orchid Pact was signed on May 3.", "Orchid Pact", "--05-03")
    expected = [f"orchid-pact-{r.article.sha256[:8]}" for r in (bare, yearless)]
    assert keys(together(*dated, bare, yearless), ThingKind.AGREEMENT) == sorted(
        ["orchid-pact-2016-05-03", *expected]
    )


def test_an_agreement_without_a_name_is_called_by_its_sort_and_day() -> None:
    told = [signs(f"Article {n}: the new {word} was signed.", f"new {word}", "2016-05-03", sort="agreement") for n, word in enumerate(("accord", "pact"))]  # fmt: skip
    knowledge = together(*told)
    assert keys(knowledge, ThingKind.AGREEMENT) == ["agreement-2016-05-03"]
    assert labels(knowledge, Ref(ThingKind.AGREEMENT, "agreement-2016-05-03")) == {
        ("U.S.-Cuba agreement, 3 May 2016", "en", "preferred"),
        ("Acuerdo Cuba-Estados Unidos, 3 de mayo de 2016", "es", "preferred"),
        ("New accord", "en", "alternative"),
        ("New pact", "en", "alternative"),
    }


def test_what_is_said_about_a_meeting_follows_it_to_its_name() -> None:
    text = "“The dialogue of January 18 was frank,” Josefina Vidal said."
    spoken = says(text, "frank", listed("josefina-vidal")).statements[0]
    frame = meeting(text, "--01-18", series=LED, place="havana")
    reading = Reading(
        article_of(text), (frame,), statements=(type(spoken)(spoken.speaker, spoken.words, (0,)),)
    )
    about = {c.object for c in claims_of(together(FULL, reading), Predicate.ABOUT)}
    assert about == {Ref(ThingKind.MEETING, "law-enforcement-dialogue-2023-01-18")}
