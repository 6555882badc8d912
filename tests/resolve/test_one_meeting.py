"""Which tellings are one meeting and which are not: a table of both."""

from __future__ import annotations

import pytest

from resolve.frames import article as article_of
from resolve.frames import keys, listed, meeting, person, tell, together
from uscuba_kg.model import Named, Reading, Status, ThingKind

MT = "migration-talks"
LED = "law-enforcement-dialogue"
DAY = "2022-11-15"

HAVANA = tell(
    "Migration talks were held in Havana on November 15, 2022.", DAY, series=MT, place="havana"
)
NO_PLACE = tell("The two countries held migration talks on November 15, 2022.", DAY, series=MT)
WASHINGTON = tell(
    "On November 15, 2022, Washington was the seat of the migration talks.",
    DAY,
    series=MT,
    place="washington",
)
IN_CUBA = tell(
    "The migration talks of November 15, 2022 took place in Cuba.", DAY, series=MT, place="cuba"
)
IN_THE_US = tell(
    "The migration talks of November 15, 2022 took place in the United States.",
    DAY,
    series=MT,
    place="united-states",
)
MONTH = tell("A round of migration talks was held in November 2022.", "2022-11", series=MT)
YEAR = tell("The migration talks went on in 2022.", "2022", series=MT)
APRIL = tell(
    "Washington saw migration talks on April 21, 2022.", "2022-04-21", series=MT, place="washington"
)
YEARLESS = tell("Migration talks were held on November 15.", "--11-15", series=MT)
YEARS_BEFORE = tell(
    "In Havana migration talks were held on November 15, 2017.",
    "2017-11-15",
    series=MT,
    place="havana",
)
DIALOGUE = tell(
    "The Law Enforcement Dialogue met on November 15, 2022.", DAY, series=LED, place="havana"
)
PLANNED = tell(
    "Migration talks are to be held in Havana on November 15, 2022.",
    DAY,
    series=MT,
    status=Status.PLANNED,
)
RANGE = tell(
    "The talks on migration lasted from November 14 to 15, 2022.", "2022-11-14", DAY, series=MT
)
FIRST_DAY = tell("The talks on migration began on November 14, 2022.", "2022-11-14", series=MT)
NEXT_DAY = tell("The talks on migration were on November 16, 2022.", "2022-11-16", series=MT)
THIRD = tell(
    "The third round of migration talks was on November 15, 2022.", DAY, series=MT, ordinal=3
)
FOURTH = tell(
    "The fourth round of migration talks was on November 15, 2022.", DAY, series=MT, ordinal=4
)
UNDATED = tell("The third round of migration talks was useful.", series=MT, ordinal=3)

VIDAL = tell(
    "Josefina Vidal met U.S. officials in Havana on November 15, 2022.",
    DAY,
    kind="meeting",
    place="havana",
    members=["josefina-vidal"],
)
VIDAL_AGAIN = tell(
    "Officials of both countries, Josefina Vidal among them, met on November 15, 2022.",
    DAY,
    kind="dialogue",
    members=["josefina-vidal"],
)
VIDAL_VISITS = tell(
    "Josefina Vidal began a visit on November 15, 2022.",
    DAY,
    kind="visit",
    members=["josefina-vidal"],
)
VIDAL_ABROAD = tell(
    "Josefina Vidal met officials in New York on November 15, 2022.",
    DAY,
    kind="meeting",
    place="new-york",
    members=["josefina-vidal"],
)
JACOBSON = tell(
    "Roberta Jacobson met Cuban officials in Havana on November 15, 2022.",
    DAY,
    kind="meeting",
    place="havana",
    members=["roberta-jacobson"],
)
VIDAL_LATER = tell(
    "Josefina Vidal met U.S. officials in Havana on November 17, 2022.",
    "2022-11-17",
    kind="meeting",
    place="havana",
    members=["josefina-vidal"],
)
VIDAL_MONTH = tell(
    "Josefina Vidal met U.S. officials in November 2022.",
    "2022-11",
    kind="meeting",
    members=["josefina-vidal"],
)
LED_BY_VIDAL = tell(
    "Josefina Vidal led Cuba at the migration talks of November 15, 2022.",
    DAY,
    series=MT,
    chairs=["josefina-vidal"],
)
LED_BY_SOTO = tell(
    "Elena Soto led the Cuban side in a meeting in Havana on November 15, 2022.",
    DAY,
    kind="meeting",
    place="havana",
    chairs=[person("Elena Soto", "cuba")],
)
LED_BY_VIDAL_IN_HAVANA = tell(
    "In Havana on November 15, 2022, Josefina Vidal led Cuba at the migration talks.",
    DAY,
    series=MT,
    place="havana",
    chairs=["josefina-vidal"],
)
STATE_VENUE = tell(
    "The migration talks of November 15, 2022 were in New York State.",
    DAY,
    series=MT,
    place="new-york-state",
)
NEW_YORK = tell(
    "The migration talks of November 15, 2022 were in New York.", DAY, series=MT, place="new-york"
)
UNLISTED_SERIES = tell(
    "The Joint Commission on Orchids met on November 15, 2022.",
    DAY,
    series=Named(ThingKind.SERIES, "Joint Commission on Orchids"),
)
UNLISTED_AGAIN = tell(
    "On November 15, 2022 the Joint Commission on Orchids sat.",
    DAY,
    series=Named(ThingKind.SERIES, "Joint Commission on Orchids"),
)

TWO_IN_A_MONTH = {
    "kind": "meeting",
    "place": "new-york",
    "members": ["josefina-vidal", "roberta-jacobson"],
}
BOTH_MONTH = tell(
    "Vidal and Jacobson met in New York in November 2022.", "2022-11", **TWO_IN_A_MONTH
)
BOTH_AGAIN = tell(
    "En noviembre de 2022 se vieron ambas en Nueva York.",
    "2022-11",
    language="es",
    **TWO_IN_A_MONTH,
)

MERGES = {
    "same series and day": [HAVANA, NO_PLACE],
    "a state holds its city": [HAVANA, IN_CUBA],
    "a region holds its city": [STATE_VENUE, NEW_YORK],
    "a month holds the day": [HAVANA, MONTH],
    "a year holds the only day": [HAVANA, YEAR],
    "two tell the month": [MONTH, tell("November 2022 brought migration talks.", "2022-11", series=MT)],
    "a day without a year fits the only day": [HAVANA, YEARLESS],
    "a day without a year within a range": [RANGE, YEARLESS],
    "planned and held": [HAVANA, PLANNED],
    "a range and its first day": [RANGE, FIRST_DAY],
    "both ends of a range that a third tells": [RANGE, FIRST_DAY, NO_PLACE],
    "one tells its number": [THIRD, HAVANA],
    "the same number": [THIRD, tell("Round three of the migration talks: November 15, 2022.", DAY, series=MT, ordinal=3)],
    "no series, one day, a participant in common": [VIDAL, VIDAL_AGAIN],
    "with and without a series, the same day and city": [HAVANA, VIDAL],
    "with and without a series, a participant in common": [LED_BY_VIDAL, VIDAL],
    "a third joins two that share nobody": [VIDAL, JACOBSON, tell("In Havana on November 15, 2022 Roberta Jacobson met Josefina Vidal.", DAY, kind="meeting", place="havana", members=["josefina-vidal", "roberta-jacobson"])],
    "one series and day, two cities": [HAVANA, WASHINGTON],
    "one series and day, two states": [HAVANA, IN_THE_US],
    "one series and day, two numbers": [THIRD, FOURTH],
    "one series and day, whatever a third says of the city": [HAVANA, WASHINGTON, NO_PLACE],
    "one series, the day after in the same city": [HAVANA, tell("Migration talks: Havana, November 16, 2022.", "2022-11-16", series=MT, place="havana")],
    "one series, the day after and the same number": [THIRD, tell("Third migration talks: November 16, 2022.", "2022-11-16", series=MT, ordinal=3)],
    "one series, the month after and a person in common": [tell("On November 30, 2022 Josefina Vidal was at the migration talks.", "2022-11-30", series=MT, members=["josefina-vidal"]), tell("On December 1, 2022 Josefina Vidal was at the migration talks.", "2022-12-01", series=MT, members=["josefina-vidal"])],
    "one series, the days before and after": [HAVANA, *(tell(f"Migration talks in Havana: November {n}, 2022.", f"2022-11-{n}", series=MT, place="havana") for n in (14, 16))],
    "a series that no authority file lists": [UNLISTED_SERIES, UNLISTED_AGAIN],
    "no series and no day, but month, place and two people": [BOTH_MONTH, BOTH_AGAIN],
}  # fmt: skip

APART = {
    "another day of the series": [HAVANA, APRIL],
    "the day after": [HAVANA, NEXT_DAY],
    "two days after": [HAVANA, tell("Migration talks: Havana, November 17, 2022.", "2022-11-17", series=MT, place="havana")],
    "the day after in another city": [WASHINGTON, tell("Migration talks: Havana, November 16, 2022.", "2022-11-16", series=MT, place="havana", members=["josefina-vidal"])],
    "the day after, and a body in common": [tell("The State Department: migration talks, November 15, 2022.", DAY, series=MT, members=["state-department"]), tell("The State Department: migration talks, November 16, 2022.", "2022-11-16", series=MT, members=["state-department"])],
    "another city and another number": [tell("Third migration talks: Havana, November 15, 2022.", DAY, series=MT, place="havana", ordinal=3), tell("Fourth migration talks: Washington, November 15, 2022.", DAY, series=MT, place="washington", ordinal=4)],
    "another city in one month": [tell("Migration talks: Havana, November 2022.", "2022-11", series=MT, place="havana"), tell("Migration talks: Washington, November 2022.", "2022-11", series=MT, place="washington")],
    "another number in one month": [tell("Third migration talks: November 2022.", "2022-11", series=MT, ordinal=3), tell("Fourth migration talks: November 2022.", "2022-11", series=MT, ordinal=4)],
    "no series, the day after in the same city": [VIDAL, tell("Josefina Vidal met U.S. officials in Havana on November 16, 2022.", "2022-11-16", kind="meeting", place="havana", members=["josefina-vidal"])],
    "another series": [HAVANA, DIALOGUE],
    "another month": [MONTH, APRIL],
    "another year without month or day": [YEAR, YEARS_BEFORE],
    "two days without a year": [YEARLESS, tell("It was on November 15 that migration talks were held.", "--11-15", series=MT)],
    "a day without a year and a year": [YEAR, YEARLESS],
    "no date": [HAVANA, UNDATED],
    "no series and nobody in common": [VIDAL, JACOBSON],
    "no series, another day": [VIDAL, VIDAL_LATER],
    "no series, another city": [VIDAL, VIDAL_ABROAD],
    "no series and no day": [VIDAL, VIDAL_MONTH],
    "a visit is no meeting": [VIDAL_AGAIN, VIDAL_VISITS],
    "no day, and one person in common": [BOTH_MONTH, VIDAL_MONTH],
    "no day, and another month": [BOTH_MONTH, tell("They met in New York in May 2022.", "2022-05", **TWO_IN_A_MONTH)],
    "no day, and another place": [BOTH_MONTH, tell("They met in Havana in November 2022.", "2022-11", **{**TWO_IN_A_MONTH, "place": "havana"})],
    "led by another": [LED_BY_VIDAL_IN_HAVANA, LED_BY_SOTO],
}  # fmt: skip


def issues(*readings: Reading) -> list[str]:
    return [i.code for i in together(*readings).issues]


@pytest.mark.parametrize("case", MERGES)
def test_these_are_one_meeting(case: str) -> None:
    assert len(keys(together(*MERGES[case]))) == 1
    assert issues(*MERGES[case]) == []


@pytest.mark.parametrize("case", APART)
def test_these_are_several_meetings(case: str) -> None:
    assert len(keys(together(*APART[case]))) == len(APART[case])
    assert issues(*APART[case]) == []


def test_the_tables_are_whole() -> None:
    assert (len(MERGES), len(APART)) == (27, 24)


@pytest.mark.parametrize(
    ("readings", "expected"),
    [
        ([HAVANA, APRIL, YEAR], 3),
        ([HAVANA, YEARS_BEFORE, YEARLESS], 3),
        ([HAVANA, DIALOGUE, VIDAL], 3),
        ([HAVANA, NEXT_DAY, MONTH], 3),
    ],
    ids=["two-rounds", "two-years", "two-series", "two-days"],
)
def test_what_fits_two_joins_neither_and_says_so(readings: list[Reading], expected: int) -> None:
    assert len(keys(together(*readings))) == expected
    (issue,) = together(*readings).issues
    assert issue.code == "ambiguous-meeting"
    assert issue.source == readings[-1].article.source
    assert issue.span == readings[-1].meetings[0].evidence.span


def test_two_that_join_one_meeting_must_agree_with_each_other() -> None:
    exact = NO_PLACE
    one = tell("In November 2022 migration talks were held in Havana.", "2022-11", series=MT, place="havana")  # fmt: skip
    two = tell("In November 2022 migration talks were held in Washington.", "2022-11", series=MT, place="washington")  # fmt: skip
    assert len(keys(together(exact, one))) == 1
    assert len(keys(together(exact, one, two))) == 3
    assert issues(exact, one, two) == ["ambiguous-meeting"] * 2


TWICE = "Rounds of migration talks were held on November 15 and 16, 2022."


def in_one_article(*meetings: object) -> Reading:
    return Reading(article_of(TWICE), tuple(meetings))  # type: ignore[arg-type]


def test_what_one_article_tells_twice_of_one_series_and_day_is_one() -> None:
    twice = in_one_article(
        meeting(TWICE, DAY, series=MT, place="havana"),
        meeting(TWICE, DAY, series=MT, status=Status.PLANNED, words="November 15"),
    )
    assert keys(together(twice)) == ["migration-talks-2022-11-15"]


def test_what_one_article_tells_apart_stays_apart_even_within_a_range() -> None:
    twice = in_one_article(
        meeting(TWICE, DAY, series=MT), meeting(TWICE, "2022-11-16", series=MT, words="16, 2022")
    )
    days = ["migration-talks-2022-11-15", "migration-talks-2022-11-16"]
    assert keys(together(twice)) == days
    span = tell("Migration talks: November 15-16, 2022.", DAY, "2022-11-16", series=MT)
    assert len(keys(together(twice, span))) == 3
    assert issues(twice, span) == ["ambiguous-meeting"]


def test_two_encounters_of_one_person_in_one_article_stay_apart() -> None:
    twice = in_one_article(
        meeting(TWICE, DAY, kind="meeting", place="havana", members=["josefina-vidal"]),
        meeting(TWICE, DAY, kind="meeting", place="havana", members=["josefina-vidal"], words="16"),
    )
    assert len(set(keys(together(twice)))) == 2
    assert len(keys(together(twice, VIDAL))) == 3


@pytest.mark.parametrize(
    ("reading", "key"),
    [
        (HAVANA, "migration-talks-2022-11-15"),
        (RANGE, "migration-talks-2022-11-14"),
        (MONTH, "migration-talks-2022-11"),
        (YEARLESS, f"migration-talks-xxxx-11-15-{YEARLESS.article.sha256[:8]}"),
        (UNDATED, f"migration-talks-3-{UNDATED.article.sha256[:8]}"),
        (VIDAL_VISITS, "visit-2022-11-15"),
        (UNLISTED_SERIES, "talks-2022-11-15"),
    ],
)
def test_a_key_is_made_of_what_identifies_the_meeting(reading: Reading, key: str) -> None:
    assert keys(together(reading)) == [key]


def test_keys_that_would_be_one_are_told_apart_by_place_then_people_then_words() -> None:
    both = in_one_article(
        meeting(TWICE, DAY, series=MT, place="havana"),
        meeting(TWICE, DAY, series=MT, place="washington", words="November 15"),
    )
    assert keys(together(both)) == [
        "migration-talks-2022-11-15-havana",
        "migration-talks-2022-11-15-washington",
    ]
    assert keys(together(VIDAL, JACOBSON)) == [
        "meeting-2022-11-15-havana-josefina-vidal",
        "meeting-2022-11-15-havana-roberta-jacobson",
    ]
    bare = [tell(f"They met {how} on November 15, 2022.", DAY) for how in ("early", "late")]
    hashes = sorted(r.article.sha256[:8] for r in bare)
    assert keys(together(*bare)) == [f"talks-2022-11-15-{sha}-0-0" for sha in hashes]


def test_a_name_that_fits_several_known_series_is_none_of_them() -> None:
    vague = Named(ThingKind.SERIES, listed(MT).entity or "")
    reading = tell("Migration-talks, November 15, 2022.", DAY, series=vague)
    assert len(keys(together(HAVANA, reading))) == 2
    assert keys(together(HAVANA, reading), ThingKind.SERIES) == [MT, f"unlisted/{MT}"]


def test_a_series_that_is_only_described_identifies_nothing() -> None:
    english = tell(
        "Technical talks on arboviruses were held in Havana.",
        "2016-10-07",
        kind="technical-exchange",
        series=Named(ThingKind.SERIES, "technical talks on arboviruses"),
        place="havana",
        members=["josefina-vidal"],
    )
    spanish = tell(
        "El encuentro técnico sobre arbovirosis fue en La Habana.",
        "2016-10-07",
        kind="technical-exchange",
        series=Named(ThingKind.SERIES, "encuentro técnico sobre arbovirosis"),
        place="havana",
        members=["josefina-vidal"],
        language="es",
    )
    knowledge = together(english, spanish)
    assert keys(knowledge) == ["technical-exchange-2016-10-07"]
    assert len(keys(knowledge, ThingKind.SERIES)) == 2
    assert keys(together(english)) == keys(together(spanish)) == keys(knowledge)
