"""What people judge overrules what is found, survives a rebuild, and is told with its reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from resolve.frames import WORLD, asserted, body, keys, person, says, tell
from uscuba_kg.errors import SeedError
from uscuba_kg.model import Knowledge, Predicate, Reading, Ref, ThingKind
from uscuba_kg.resolve import resolve
from uscuba_kg.world.judgements import Judgement, read_judgements

MT = "migration-talks"
HEADER = "verdict,one,other,reason\n"


def judged(tmp_path: Path, *rows: str) -> tuple[Judgement, ...]:
    path = tmp_path / "judgements.csv"
    path.write_text(HEADER + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return read_judgements(path)


def known(judgements: tuple[Judgement, ...], *readings: Reading) -> Knowledge:
    one = resolve(readings, WORLD, judgements)
    assert one == resolve(readings[::-1], WORLD, judgements)
    return one


FIRST = tell("Delegations met on the 15th.", "2022-11-15", kind="talks", members=["josefina-vidal"])
SECOND = tell(
    "They sat down in a hotel on the 16th.", "2022-11-16", kind="talks", members=["ana-ruiz"]
)
ROUND = tell("A round was held on November 15.", "2022-11-15", series=MT)
AGAIN = tell("On November 15 a round of talks took place.", "2022-11-15", series=MT)


def test_two_meetings_judged_the_same_are_one(tmp_path: Path) -> None:
    verdict = judged(
        tmp_path, "same,meeting/talks-2022-11-15,meeting/talks-2022-11-16,one paper had a day wrong"
    )
    assert len(keys(known((), FIRST, SECOND))) == 2
    knowledge = known(verdict, FIRST, SECOND)
    (key,) = keys(knowledge)
    assert len(asserted(knowledge, Predicate.PARTICIPANT)) == 2
    (replaced,) = {
        (old.key, new.key) for old, new in knowledge.replaced if old.kind == ThingKind.MEETING
    }
    assert replaced == ("talks-2022-11-16" if key.endswith("15") else "talks-2022-11-15", key)
    (thing,) = [t for t in knowledge.things if t.ref.kind == ThingKind.MEETING]
    assert {note.partition(": ")[2] for note in thing.notes} == {"one paper had a day wrong"}


def test_tellings_judged_different_stay_apart(tmp_path: Path) -> None:
    key = "meeting/migration-talks-2022-11-15"
    shas = [r.article.sha256[:16] for r in (ROUND, AGAIN)]
    verdict = judged(
        tmp_path, f"different,{key}@article/{shas[0]},{key}@article/{shas[1]},two rooms on one day"
    )
    assert len(keys(known((), ROUND, AGAIN))) == 1
    knowledge = known(verdict, ROUND, AGAIN)
    assert len(keys(knowledge)) == 2
    assert knowledge.issues == ()


def test_people_and_bodies_judged_the_same_bear_the_first_name(tmp_path: Path) -> None:
    readings = (
        says("“Good,” said Juan Gil.", "Good", person("Juan Gil", "cuba")),
        says("“Better,” said J. R. Gil Mesa.", "Better", person("J. R. Gil Mesa", "cuba")),
        says("“Best,” said the port.", "Best", body("Port of Mobile", "united-states")),
        says("“Yes,” the port authority said.", "Yes", body("Mobile Port Authority", "united-states")),
    )  # fmt: skip
    verdict = judged(
        tmp_path,
        "same,person/juan-gil,person/j-r-gil-mesa,the ministry's site has both",
        "same,organization/united-states/port-of-mobile,organization/united-states/mobile-port-authority,one port",
    )
    knowledge = known(verdict, *readings)
    assert keys(knowledge, ThingKind.PERSON) == ["juan-gil"]
    assert keys(knowledge, ThingKind.ORGANIZATION) == ["united-states/port-of-mobile"]
    assert (
        Ref(ThingKind.PERSON, "j-r-gil-mesa"),
        Ref(ThingKind.PERSON, "juan-gil"),
    ) in knowledge.replaced
    (gil,) = [t for t in knowledge.things if t.ref.kind == ThingKind.PERSON]
    assert {label.text for label in gil.labels} == {"Juan Gil", "J. R. Gil Mesa"}


def test_a_shorter_name_judged_different_is_another_person(tmp_path: Path) -> None:
    readings = (
        says("“Good,” said Juan Gil Mesa.", "Good", person("Juan Gil Mesa", "cuba")),
        says("“Better,” said Juan Gil.", "Better", person("Juan Gil", "cuba")),
    )
    verdict = judged(tmp_path, "different,person/juan-gil-mesa,person/juan-gil,father and son")
    assert len(keys(known((), *readings), ThingKind.PERSON)) == 1
    assert len(keys(known(verdict, *readings), ThingKind.PERSON)) == 2


def test_a_judgement_of_what_nobody_tells_waits_and_says_so(tmp_path: Path) -> None:
    verdict = judged(tmp_path, "same,meeting/talks-2022-11-15,meeting/talks-1999-01-01,a guess")
    knowledge = known(verdict, FIRST)
    assert len(keys(knowledge)) == 1
    (issue,) = knowledge.issues
    assert issue.code == "idle-judgement"
    assert issue.source.endswith("judgements.csv:2")


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("alike,meeting/a,meeting/b,x", "neither same nor different"),
        ("same,meeting/a,meeting/b,", "there is no reason"),
        ("same,meeting/a,person/b,x", "not two things of one kind"),
        ("same,meeting/a,meeting/a,x", "not two things of one kind"),
        ("same,a,meeting/b,x", "names nothing that can be judged"),
        ("same,topic/a,topic/b,x", "names nothing that can be judged"),
        ("same,person/a@0123456789ab,person/b,x", "names nothing that can be judged"),
        ("same,meeting/a,meeting/b,x\ndifferent,meeting/b,meeting/a,y", "judged otherwise"),
        ("same,meeting/a,meeting/b", "3 cells under 4 columns"),
    ],
)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, row: str, message: str) -> None:
    with pytest.raises(SeedError, match=message) as told:
        judged(tmp_path, row)
    assert "judgements.csv:" in str(told.value)
    assert told.value.remedy
