"""An archive of 200 articles about 40 meetings: tellings of one meeting are found to be one."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

from resolve.archive import archive, grouped, tellings
from uscuba_kg.model import Claim, Knowledge, Predicate, Reading
from uscuba_kg.pipeline import build_readings, read_text
from uscuba_kg.resolve.copies import originals, text_of
from uscuba_kg.score.clusters import b_cubed

MADE = archive()
SLIP = {one.article.sha256: one.slip for one in MADE}
COPIES = ("copy", "spun")


@lru_cache(maxsize=1)
def read() -> tuple[list[Reading], Knowledge]:
    readings = [read_text(one.article) for one in MADE]
    return readings, build_readings(readings, check=False).knowledge


def meetings_told() -> list[Claim]:
    return [c for c in read()[1].claims if c.predicate == Predicate.MEETING_KIND]


def test_the_archive_is_large_and_always_the_same() -> None:
    assert archive() == MADE
    assert archive(7) != MADE
    assert len(SLIP) == len(MADE) == 200
    assert len({name for one in MADE for _, name in one.truth if name}) == 40
    assert {one.article.language for one in MADE} == {"en", "es"}
    assert min(Counter(SLIP.values()).values()) >= 10


def test_tellings_of_one_meeting_are_one() -> None:
    readings, _ = read()
    truth = dict(tellings(MADE, readings))
    found = grouped(readings, {c.evidence: c.subject for c in meetings_told()})
    cubed = b_cubed(truth, found)
    assert len(truth) >= 195
    assert len(set(truth.values())) == 40
    assert cubed.precision == 1.0
    assert cubed.f1 >= 0.97


def test_copies_are_known_as_copies_and_nothing_else_is() -> None:
    found = originals(text_of(one.article) for one in MADE)
    sizes = Counter(found.values())
    copied = [sha for sha in SLIP if sizes[found[sha]] > 1]
    assert all(sizes[found[sha]] > 1 for sha, slip in SLIP.items() if slip in COPIES)
    assert len(copied) <= 2 * sum(slip in COPIES for slip in SLIP.values())


def test_slips_are_kept_as_claims_that_are_not_asserted() -> None:
    refused = [c for c in read()[1].claims if not c.accepted]
    slips = {c.predicate: {SLIP[c.evidence.article]} for c in refused}
    for claim in refused:
        slips[claim.predicate].add(SLIP[claim.evidence.article])
    assert "day" in slips[Predicate.START]
    assert "place" in slips[Predicate.LOCATION]
    assert "number" in slips[Predicate.ORDINAL]
    assert "leader" in slips[Predicate.ROLE]
    assert "planned" in slips[Predicate.STATUS]
