"""Which wordings the gazetteer gives, and which of them need their capitals."""

from __future__ import annotations

import pytest

from uscuba_kg.model import Label, ThingKind
from uscuba_kg.world.entries import Entry, Name
from uscuba_kg.world.names import match_names, needs_capitals, short_form


def entry(key: str, kind: ThingKind, *names: str, demonyms: tuple[str, ...] = ()) -> Entry:
    labels = tuple(Label(name, "en") for name in names)
    return Entry(key, kind, None, labels, demonyms=tuple(Label(d, "en") for d in demonyms))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("LED", True), ("FAR", True), ("DIE", True), ("MES", True), ("US", True), ("EU", True),
        ("ICE", True), ("OFAC", True), ("G2", True), ("NOAA", True), ("EEUU", True),
        ("MINREX", False), ("ETECSA", False), ("FinCEN", False), ("DoD", False),
        ("U.S.", False), ("EE. UU.", False), ("Cuba", False), ("2016", False),
    ],
)  # fmt: skip
def test_short_acronyms_need_their_capitals(name: str, expected: bool) -> None:
    assert needs_capitals(name) is expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Brian A. Nichols", "Brian Nichols"),
        ("Thomas A. Shannon, Jr.", "Thomas Shannon"),
        ("George H.W. Bush", "George Bush"),
        ("R. Gil Kerlikowske", "Gil Kerlikowske"),
        ("Edwin Meese III", "Edwin Meese"),
        ("José R. Cabañas Rodríguez", "José Cabañas Rodríguez"),
        ("H. R. McMaster", None),
        ("P.J. Crowley", None),
        ("Mari Carmen Aponte", None),
        ("Carlos Fernández de Cossío", None),
    ],
)
def test_short_forms_leave_out_what_is_safe_to_leave_out(name: str, expected: str | None) -> None:
    assert short_form(name) == expected


def test_one_wording_may_have_several_bearers() -> None:
    names = match_names(
        [
            entry("father", ThingKind.PERSON, "George H. W. Bush"),
            entry("son", ThingKind.PERSON, "George W. Bush"),
        ]
    )
    assert names == (
        Name("George Bush", ("father", "son")),
        Name("George H. W. Bush", ("father",)),
        Name("George W. Bush", ("son",)),
    )


def test_wordings_that_fold_to_one_are_one() -> None:
    canada = entry("canada", ThingKind.STATE, "Canada", "Canadá")
    assert match_names([canada]) == (Name("Canada", ("canada",)),)


def test_an_acronym_and_a_word_stay_apart() -> None:
    names = match_names(
        [
            entry("mes", ThingKind.ORGANIZATION, "MES"),
            entry("month", ThingKind.SERIES, "mes"),
        ]
    )
    assert names == (Name("MES", ("mes",), exact_case=True), Name("mes", ("month",)))


def test_demonyms_are_adjectives_and_not_names() -> None:
    cuba = entry("cuba", ThingKind.STATE, "Cuba", demonyms=("Cuban", "Cuba"))
    assert match_names([cuba]) == (
        Name("Cuba", ("cuba",)),
        Name("Cuba", ("cuba",), adjective=True),
        Name("Cuban", ("cuba",), adjective=True),
    )


def test_only_people_have_short_forms() -> None:
    district = entry("district", ThingKind.ORGANIZATION, "Harry S. Truman Building")
    assert [name.text for name in match_names([district])] == ["Harry S. Truman Building"]
