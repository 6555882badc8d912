"""What a form of dates asks for is read off the form, and looked for beside its month."""

import pytest

from uscuba_kg.annotate.dateparts import Asked, Near, asked_by


@pytest.mark.parametrize(
    ("form", "asked"),
    [
        ("{m1} {d1}", (("figure", 1), ("month", 1), ("number", 1))),
        ("{m1}(?: {d1})?", (("month", 1),)),
        ("(?:{w1}, )*{m1}", (("month", 1),)),
        ("{w1}(?:{m1}|{m1} {d1})", (("month", 1), ("weekday", 1))),
        ("(?:{d1}|{o1}) de {m1}", (("month", 1), ("number", 1))),
        ("{d1}(?! {m1})", (("figure", 1), ("number", 1))),
        (r"{m1} \({d1}[{m2}] (?P<and>y) {m2}", (("figure", 1), ("month", 2), ("number", 1))),
        (r"{Y1}-(?P<mm>\d\d){0,1}", (("figure", 1),)),
        ("{mod} {w1}|{w1} {behind}", (("modifier", 1), ("weekday", 1))),
        ("{w1} of {rweek}", (("rweek", 1), ("weekday", 1))),
        ("{w1}|{m1}", ()),
    ],
)
def test_a_form_asks_for_what_each_of_its_matches_holds(form: str, asked: Asked) -> None:
    assert asked_by(form) == asked


@pytest.mark.parametrize(
    ("start", "end", "held"), [(0, 30, True), (0, 14, False), (4, 22, True), (20, 30, False)]
)
def test_a_form_is_tried_only_where_all_that_it_asks_for_is_near(
    start: int, end: int, held: bool
) -> None:
    near = Near({"month": [(3, 8), (15, 21)], "figure": [(9, 11)]})
    assert near.has((("figure", 1), ("month", 2)), start, end) is held
