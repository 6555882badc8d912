"""Small texts and the agreements that they date."""

from __future__ import annotations

import pytest

from articles import read
from uscuba_kg.model import PartialDate


def agreements(text: str, language: str) -> list[tuple[str, str]]:
    found = []
    for agreement in read(text, language).agreements:
        assert agreement.signed is not None
        assert isinstance(agreement.signed.value, PartialDate)
        found.append((agreement.name, agreement.signed.value.lexical))
    return found


MOU, MEM = "memorandum of understanding", "memorando de entendimiento"
SIGNED = [
    ("en", f"The United States and Cuba signed a {MOU} on May 19, 2016.", [(MOU, "2016-05-19")]),
    ("en", f"In May 2016 both countries put their names to a {MOU}.", [(MOU, "2016-05")]),
    (
        "en",
        f"They met under the {MOU} signed by Cuba and the United States in May 2016.",
        [(MOU, "2016-05")],
    ),
    (
        "en",
        "Officials of Cuba and the United States reviewed the accords of 1994 and 1995.",
        [("accords of 1994", "1994"), ("accords of 1994 and 1995", "1995")],
    ),
    (
        "en",
        f"Cuba and the United States ended their talks on May 19, 2016. Both sides signed a {MOU}.",
        [(MOU, "2016-05-19")],
    ),
    ("en", f"The two sides reached the {MOU} of May 19, 2016.", [(MOU, "2016-05-19")]),
    (
        "es",
        f"Estados Unidos y Cuba firmaron un {MEM} el 19 de mayo de 2016.",
        [(MEM, "2016-05-19")],
    ),
    ("es", f"El {MEM} fue suscrito por Cuba y Estados Unidos en mayo de 2016.", [(MEM, "2016-05")]),
    (
        "es",
        "Cuba y Estados Unidos revisaron los convenios de 1994 y 1995.",
        [("convenios de 1994", "1994"), ("convenios de 1994 y 1995", "1995")],
    ),
    (
        "es",
        "Cuba y Estados Unidos revisaron la Declaración Conjunta del 2 de mayo de 1995.",
        [("Declaración Conjunta del 2 de mayo de 1995", "1995-05-02")],
    ),
]
UNSIGNED = [
    ("en", "The United States wants an agreement with Cuba."),
    ("en", "Mexico and Canada signed an agreement in May 2016."),
    ("en", "Cuba and the United States discussed a protocol on May 19, 2016."),
    ("es", "Estados Unidos quiere un acuerdo con Cuba."),
    ("es", "México y Canadá firmaron un acuerdo en mayo de 2016."),
]


@pytest.mark.parametrize(("language", "text", "wanted"), SIGNED, ids=[t for _, t, _ in SIGNED])
def test_an_agreement_and_its_day(language: str, text: str, wanted: list[tuple[str, str]]) -> None:
    assert agreements(text, language) == wanted


@pytest.mark.parametrize(("language", "text"), UNSIGNED, ids=[t for _, t in UNSIGNED])
def test_what_was_wished_discussed_or_signed_by_others(language: str, text: str) -> None:
    assert agreements(text, language) == []


PARTIES = [
    (
        "The State Department said that Cuba and the United States signed an agreement on May 19, 2016.",
        {"cuba", "united-states"},
    ),
    (
        "The Department of Justice and the Ministry of the Interior of Cuba signed an agreement on May 19, 2016.",
        {"doj", "minint"},
    ),
    ("The Department of Justice signed an agreement with Cuba on May 19, 2016.", {"cuba", "united-states"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), PARTIES)
def test_the_parties_are_two_bodies_or_the_two_states(text: str, wanted: set[str]) -> None:
    (agreement,) = read(text).agreements
    assert {getattr(slot.value, "entity", None) for slot in agreement.parties} == wanted


SORTS = [
    ("en", "Cuba and the United States signed a new accord on May 19, 2016.", "agreement"),
    ("en", "Cuba and the United States signed two memoranda of understanding on May 19, 2016.", "memorandum"),
    ("es", "Cuba y Estados Unidos firmaron un convenio pesquero el 19 de mayo de 2016.", "agreement"),
    ("es", "Cuba y Estados Unidos firmaron un memorándum de entendimiento el 19 de mayo de 2016.", "memorandum"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "sort"), SORTS)
def test_the_sort_of_an_agreement_without_a_name(language: str, text: str, sort: str) -> None:
    assert [a.sort for a in read(text, language).agreements] == [sort]
