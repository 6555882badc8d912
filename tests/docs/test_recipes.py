"""The recipes in docs/ are followed to the letter, so that none of them goes stale."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from articles import article
from uscuba_kg.annotate.annotate import annotate
from uscuba_kg.model import Named, Role
from uscuba_kg.packs.load import load_pack, pack_for
from uscuba_kg.pipeline import read_text
from uscuba_kg.relate.relate import relate
from uscuba_kg.resources import ontology_dir, packs_dir
from uscuba_kg.world import load_world
from uscuba_kg.world.topics import read_topics

DOCS = Path(__file__).resolve().parents[2] / "docs"
MEETING = (
    "Officials of the United States and Cuba held migration talks in Havana on April 21, 2022. "
)


def block(document: str, kind: str) -> str:
    (text,) = re.findall(
        rf"^```{kind}\n(.*?)^```",
        (DOCS / document).read_text(encoding="utf-8"),
        re.MULTILINE | re.DOTALL,
    )
    return str(text)


def test_the_rule_is_read_as_its_recipe_says(tmp_path: Path) -> None:
    folder = tmp_path / "en"
    shutil.copytree(packs_dir() / "en", folder)
    text = MEETING + "At the tiller of the Cuban delegation was Josefina Vidal."

    def chairs() -> list[tuple[str, str]]:
        reading = relate(
            annotate(article(text), load_pack(folder), load_world()),
            load_pack(folder),
            load_world(),
        )
        return [
            (p.who.value.name, p.role.evidence.rule)
            for m in reading.meetings
            for p in m.participants
            if isinstance(p.who.value, Named) and p.role.value == Role.CHAIR
        ]

    assert chairs() == []
    recipe = block("add-a-rule.md", "toml")
    (folder / "rules" / "new.toml").write_text(recipe, encoding="utf-8")
    assert chairs() == [("Josefina Vidal", "en.role.at-the-tiller")]


def test_every_kind_of_rule_is_in_the_recipe() -> None:
    recipe = (DOCS / "add-a-rule.md").read_text(encoding="utf-8")
    kinds = sorted(pack_for("en").rules)
    assert len(kinds) > 10
    assert [kind for kind in kinds if f"`{kind}`" not in recipe] == []


def test_the_topic_is_read_as_its_recipe_says(tmp_path: Path) -> None:
    topics = tmp_path / "topics.ttl"
    shipped = (ontology_dir() / "topics.ttl").read_text(encoding="utf-8")
    topics.write_text(shipped + "\n" + block("add-a-topic.md", "turtle"), encoding="utf-8")
    (new,) = [t for t in read_topics(topics) if t.id == "beekeeping"]
    assert {(one.text, one.language) for one in new.labels} >= {
        ("beekeeping", "en"),
        ("apicultura", "es"),
    }
    assert new.weak == {"bees"}


@pytest.mark.parametrize("named", ["pack.toml", "dates.toml", "page.toml", "rules"])
def test_a_language_has_the_files_that_its_recipe_names(named: str) -> None:
    assert f"`{named}" in (DOCS / "add-a-language.md").read_text(encoding="utf-8")
    assert all((packs_dir() / language / named).exists() for language in ("en", "es"))


def test_the_travelling_sentence_is_read_as_told() -> None:
    told = (DOCS / "how-it-flows.md").read_text(encoding="utf-8")
    (sentence,) = re.findall(r"^Take the sentence \*(.*?)\*", told, re.MULTILINE)
    reading = read_text(article(f"{MEETING}{sentence}.", published="2022-04-22"))
    (meeting,) = reading.meetings
    roles = [
        p.role.evidence.rule
        for p in meeting.participants
        if p.who.value.entity == "josefina-vidal"  # type: ignore[union-attr]
    ]
    (rule,) = re.findall(r"rule `(en\.[\w.-]+)`", told)
    assert roles == [rule]
    assert "migration" in {t.value for t in meeting.topics}
