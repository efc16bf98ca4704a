"""Five devices that are copied, revoked, restored and admitted again in any order, while roles are
given and taken and everybody writes: at the end all books are equal and nothing is lost.

What is lost is told by what was acknowledged: each save has a word of its own, which must be in the
log, in quarantine or set aside somewhere. Sync cases 34 to 36 and 53.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from models.schema.roles import DEPARTMENT_MANAGER, ENGINEER
from models.storage.backup import backup
from models.text.words import Refused
from sync.apply.open_book import open_book
from sync.apply.receive import OUTDATED
from sync.apply.reevaluation import incarnation
from sync.log import membership_store
from sync.log.histories import forks
from sync.organisation import administration
from sync.transport.folder.carrier import Folder
from sync.transport.round import SyncRound
from sync.trust import device_key
from sync.workspace import differences as different
from sync.workspace.restore import restore
from tests.support.escalations import taken_up
from tests.support.replicas import Replica, Team, differences, replica
from tests.support.twins import readmitted, twin_of

PEOPLE = ("m", "n", "o", "p")
ANY = st.integers(0, 30)
SHARES = 3


class Lives(RuleBasedStateMachine):
    """The founder's device is never copied; every other one may be."""

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="lives-"))
        roles = (ENGINEER, DEPARTMENT_MANAGER)
        self.team = Team.copied(self.folder / "team", *PEOPLE, roles=roles, met=True)
        self.shares = [self.folder / f"share {n}" for n in range(SHARES)]
        for share in self.shares:
            share.mkdir()
        self.words = list[str]()
        """Of every save that was acknowledged."""
        self.backups: dict[Path, Path] = {}
        self.count = 0

    def one(self, who: int) -> Replica:
        return self.team.all[who % len(self.team.all)]

    def other(self, who: int) -> Replica:
        """Anybody's but the founder's."""
        return self.team.all[1 + who % (len(self.team.all) - 1)]

    def word(self) -> str:
        self.count += 1
        return f"word-{self.count}."

    @rule(who=ANY)
    def report(self, who: int) -> None:
        word, book = self.word(), self.one(who).book
        try:
            book.add("escalation", {"phenomenon": word}, project=self.team.project)
        except Refused:
            return
        self.words.append(word)

    @rule(who=ANY, which=ANY)
    def edit(self, who: int, which: int) -> None:
        one, word = self.one(who), self.word()
        known = [str(id) for (id,) in one.workspace.store.rows("SELECT id FROM escalation")]
        try:
            if known:
                one.book.edit(known[which % len(known)], {"phenomenon": word})
        except Refused:
            return
        if known:
            self.words.append(word)

    @rule(who=ANY, which=ANY, move=st.sampled_from(("accept", "draft", "approve")))
    def decide(self, who: int, which: int, move: str) -> None:
        one = self.one(who)
        known = [str(id) for (id,) in one.workspace.store.rows("SELECT id FROM escalation")]
        try:
            values = {"accept": taken_up(one.book), "draft": {"solution": "z"}, "approve": {}}
            if known:
                one.book.move(known[which % len(known)], move, values[move])
        except Refused:
            return

    @rule(who=ANY, grant=st.booleans())
    def turn(self, who: int, grant: bool) -> None:
        person = self.other(who).workspace.people.me
        try:
            administration.set_role(
                self.team.founder.workspace, str(person), DEPARTMENT_MANAGER, "*", grant=grant
            )
        except Refused:
            return

    @rule(who=ANY, share=st.integers(0, SHARES - 1))
    def meet(self, who: int, share: int) -> None:
        one = self.one(who)
        try:
            SyncRound(one.exchange, Folder(one.exchange, self.shares[share])).run()
        except Refused as why:
            if why.word == OUTDATED:  # it says: close the book and open it again
                one.reopen()

    @rule(who=ANY)
    def copy(self, who: int) -> None:
        if len(self.team.all) < 8:
            folder = Path(tempfile.mkdtemp(dir=self.folder))
            self.team.all.append(twin_of(self.other(who), folder))

    @rule(who=ANY)
    def keep(self, who: int) -> None:
        one = self.other(who)
        self.backups[one.home] = backup(one.workspace.store, one.home / "kept")

    @rule(who=ANY)
    def put_back(self, who: int) -> None:
        """What was not yet sent comes back from the folder that the restore keeps, or not at all:
        nothing of it counts as acknowledged any more.
        """
        one = self.other(who)
        kept = self.backups.get(one.home)
        if kept is None:
            return
        one.workspace.close()
        aside = restore(one.home, kept, other=True)  # it may be of a key that it had before
        one.workspace = open_book(one.home)
        one.exchange = replica(one.workspace).exchange
        if aside is not None:
            lost = aside / "book.sqlite3"
            self.words = [word for word in self.words if not _has(lost, word) or self.found(word)]

    @rule(who=ANY)
    def revoke(self, who: int) -> None:
        self._revoke(self.other(who).device)

    @rule(who=ANY)
    def readmit(self, who: int) -> None:
        self._readmit(self.other(who))

    def _revoke(self, device: str) -> None:
        try:
            administration.revoke(self.team.founder.workspace, device)
        except Refused:
            return

    def _readmit(self, one: Replica) -> None:
        """A device that was revoked, or that took a new key, is admitted."""
        founder = self.team.founder
        log = membership_store.load(founder.workspace.store.db)
        own = log.devices.get(one.device)
        if own is not None and own.revoked is None:
            return
        public = device_key.load(one.home).public
        gone = any(of_it.revoked is not None for of_it in log.keyed(public))
        readmitted(founder, one, one.home, new_key=gone)

    def found(self, word: str) -> bool:
        """Whether a word is in the log, in quarantine or set aside in some book."""
        sql = "SELECT EXISTS(SELECT 1 FROM change WHERE instr(body, CAST(? AS BLOB)))"
        for one in self.team.all:
            if one.workspace.store.rows(sql, (word,))[0][0]:
                return True
            db = one.workspace.store.db.connection()
            for space, device in db.execute("SELECT DISTINCT space, device FROM fork").fetchall():
                for segment, _ in forks.segments(db, space, device):
                    if any(word.encode() in body for _, body in segment.changes()):
                        return True
        return False

    def teardown(self) -> None:
        if not hasattr(self, "team"):
            return
        try:
            self._all_meet()
            for _ in range(2):
                for one in self.team.all:
                    db = one.workspace.store.db.connection()
                    for device in {fork.device for fork in forks.standing(db)}:
                        self._revoke(device)
                for one in self.team.all[1:]:
                    if incarnation.copied(one.workspace) is None:
                        self._readmit(one)
                self._all_meet()
            founder = self.team.founder
            for one in self.team.all[1:]:
                assert differences(founder, one) == [], one.home
                assert different.listed(one.workspace) == []
            assert len({one.digest() for one in self.team.all}) == 1
            assert [word for word in self.words if not self.found(word)] == []
        finally:
            self.team.close()
            shutil.rmtree(self.folder)

    def _all_meet(self) -> None:
        for who in [*range(len(self.team.all))] * 2:
            self.meet(who, 0)


def _has(database: Path, word: str) -> bool:
    with closing(sqlite3.connect(database)) as db:
        sql = "SELECT EXISTS(SELECT 1 FROM change WHERE instr(body, CAST(? AS BLOB)))"
        return bool(db.execute(sql, (word,)).fetchone()[0])


SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]


def test_devices_copied_revoked_restored_and_admitted_in_any_order() -> None:
    run_state_machine_as_test(
        Lives,
        settings=settings(
            max_examples=3,
            stateful_step_count=12,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=SLOW,
        ),
    )


@pytest.mark.long
def test_devices_copied_revoked_restored_and_admitted_at_length() -> None:
    run_state_machine_as_test(
        Lives,
        settings=settings(
            max_examples=80, stateful_step_count=40, deadline=None, suppress_health_check=SLOW
        ),
    )
