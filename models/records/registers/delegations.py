"""Delegations in force: to whom, from whom, and whose decisions were made meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.calendar.business_dates import business_day
from models.records.registers.delegation import Delegation
from models.schema.record import Record
from models.schema.roles import LEADS, QUALITY, ROLES
from models.storage import rows
from models.text.words import Refused, W, listed

if TYPE_CHECKING:
    from models.book.book import Book

DECIDERS = (*LEADS, QUALITY)
"""The roles whose decisions can be delegated."""
SELF = W("不能委托给自己。请另选受托人。", "Nobody delegates to themself; choose somebody else.")
NO_ROLE = W(
    "{who} 在这个项目没有您的角色（{roles}），委托不能授予权限。"
    "请先请管理员在“成员”中授予，期满再收回。",
    "{who} holds none of your roles ({roles}) on this project, and a delegation grants none."
    " Ask an administrator to grant it (Members) first, and to end it afterwards.",
)
BACKWARDS = W("委托的止日在起日之前，请改正。", "The period ends before it begins; correct it.")


def may_be_given(book: Book, record: Record) -> None:
    """Raise `Refused` unless the delegate holds a role of the giver, and the period is one."""
    assert isinstance(record, Delegation)
    if record.delegate == record.author:
        raise Refused(SELF)
    if (record.first or "") > (record.until or "9"):
        raise Refused(BACKWARDS)
    mine = book.people.roles(record.author, record.project) & set(DECIDERS)
    theirs = book.people.roles(str(record.delegate), record.project)
    if record.delegate and not mine & theirs:
        labels = listed(ROLES[role] for role in DECIDERS if role in mine)
        raise Refused(NO_ROLE, who=book.people.name(record.delegate), roles=labels)


def in_force(book: Book, at: int | None = None) -> list[Delegation]:
    """The delegations that hold at a time (ms UTC), or now, by people who hold a deciding role."""
    day = business_day(book.change_log.now() if at is None else at, book.zone).isoformat()
    where = "WHERE state='given' AND void IS NULL AND first<=? AND until>=? ORDER BY n"
    found = rows.fetch(book.store, Delegation, where, (day, day))
    return [one for one in found if _decides(book, one)]


def _decides(book: Book, one: Delegation) -> bool:
    """Whether the giver still has decisions to delegate: a role may have been taken since."""
    return bool(book.people.roles(one.author, one.project) & set(DECIDERS))


def to_me(book: Book) -> list[Delegation]:
    """What this person sees to for others now."""
    return [one for one in in_force(book) if one.delegate == book.me]


def by_me(book: Book) -> list[Delegation]:
    """What others see to for this person now."""
    return [one for one in in_force(book) if one.author == book.me]


def meanwhile(book: Book, project: str | None, person: str, at: int) -> str | None:
    """Whose delegate a person was on a project at a time; None when there was no delegation.

    One that was taken back since held until then, so ended ones are asked too.
    """
    day = business_day(at, book.zone).isoformat()
    sql = (
        "SELECT d.author, (SELECT max(t.at) FROM transition t WHERE t.record=d.id AND"
        " t.move='end') FROM delegation d WHERE d.state IN ('given', 'ended') AND d.void IS NULL"
        " AND d.project=? AND d.delegate=? AND d.first<=? AND d.until>=? ORDER BY d.n"
    )
    for author, ended in book.store.rows(sql, (project, person, day, day)):
        if ended is None or at < ended:
            return str(author)
    return None
