"""The hub keeps digests of what no longer stands; who comes late merges as exactly.

Sync cases 16, 41, 43.
"""

from __future__ import annotations

from hashlib import sha512

import pytest

from models.book.conflict.conflicts import count as all_conflicts
from sync.hub.storage import pruning
from tests.support.replicas import Team, differences
from tests.sync.hub.running import Running, meet
from tests.sync.hub.test_round import colleague

NOW = -(1 << 40)
"""An age that everything has reached."""


def stubs(one: object) -> int:
    """How many changes are here as digests only."""
    sql = "SELECT count(*) FROM change WHERE substr(body, 1, 1)=x'00'"
    return int(one.workspace.store.rows(sql)[0][0])  # type: ignore[attr-defined]


@pytest.fixture
def texts() -> list[str]:
    """Long values that do not squeeze well, so that leaving them out pays."""
    words = [[sha512(bytes([n, m])).hexdigest() for m in range(8)] for n in range(12)]
    return ["".join(some) for some in words]


def test_case_43_a_year_behind_and_the_log_compacted(
    team: Team, running: Running, texts: list[str]
) -> None:
    a = team.founder
    running.found(a)
    b = colleague(team, running, "乙")
    fix, gone = team.fix(a), team.fix(a)
    meet(a)
    meet(b)
    for text in texts:
        a.book.edit(fix, {"cause": text})
        a.book.edit(gone, {"cause": text})
    a.book.void(gone, "重复")
    b.book.edit(fix, {"cause": "去年写的"})
    b.book.edit(gone, {"place": "去年写的"})
    meet(a)
    space = f"p:{team.project}"
    before = running.house.segments.at(space)
    assert pruning.compact(running.house, space, old=NOW) > 0
    assert pruning.compact(running.house, space, old=NOW) == 0, "once is enough"
    assert running.house.segments.at(space) == before
    told = meet(b)
    assert told.done and not told.taken.waiting
    assert stubs(b) == 2 * len(texts) - 2 and stubs(a) == 0
    assert all_conflicts(b.book) == 2 and b.get(gone).void is None
    assert b.get(gone).values()["cause"] == texts[-1]
    assert meet(a).done
    assert a.digest() == b.digest() and not differences(a, b)
    c = colleague(team, running, "丙")
    a.book.edit(fix, {"correction": "又改"})
    meet(a)
    assert meet(c).done
    assert stubs(c) == stubs(b) and a.digest() == c.digest() != b.digest()
    c.book.edit(fix, {"place": "丙"})
    assert meet(c).done and meet(b).done and meet(a).done
    assert a.digest() == b.digest() == c.digest()


def test_what_somebody_may_still_lack_is_kept_while_it_is_young(
    team: Team, running: Running, texts: list[str]
) -> None:
    a = team.founder
    running.found(a)
    b = colleague(team, running, "乙")
    fix, space = team.fix(a), f"p:{team.project}"
    for text in texts:
        a.book.edit(fix, {"cause": text})
    meet(a)
    assert pruning.compact(running.house, space, seen=NOW) == 0
    meet(b)
    meet(a)
    assert stubs(b) == 0
    assert pruning.everything(running.house) == 0, "young segments stay whole"
    assert pruning.compact(running.house, space, seen=NOW) > 0
