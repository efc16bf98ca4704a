"""Facts about incidents: the timeline, what was lost, the level that the rules make of it now.

Clause: 5.4.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from models.book.derived_state import StateView
from models.calendar import business_dates
from models.queries.facts import RecordFact, facts, json_facts
from models.records.nonconformity.incidents import incident_losses, incident_timeline
from models.records.nonconformity.incidents.incident import Incident
from models.records.nonconformity.incidents.incident_file import READERS
from models.records.nonconformity.incidents.incident_loss import BEARERS
from models.records.nonconformity.incidents.incident_rules import left_to_close
from models.schema.fields import terms_of
from models.text.money import Money
from models.text.words import W, say, several

if TYPE_CHECKING:
    from models.book.book import Book

TIMELINE, LOST = W("时间线", "Timeline"), W("损失合计", "Losses in all")
SHARE = W("{bearer} {amount}", "{bearer} {amount}")
AGAIN = W(
    "按现在的损失和规则应为{level}：请考虑重新定级",
    "by the losses and rules of today it would be {level}: consider levelling it anew",
)
AGAIN_SHORT = W("级别待核", "check the level")
LACKS = W("结案不全", "closed too early")
OVERRULED = W("与规则得出的{level}不同", "the rules said {level}")
MOST = 30
"""Points of a timeline that the page shows; the report has them all."""
MORE = W("……共 {count} 条，见报告", "… {count} in all, see the report")
_BEARERS = {one.name: one.label for one in terms_of(BEARERS)}


@facts("incident")
def levels(book: Book, incident: Incident, states: StateView) -> Iterator[RecordFact]:  # noqa: ARG001
    """That the level confirmed is not the one of the rules, then or now."""
    word = type(incident).specs()["level"].word
    now, told = incident_losses.level_now(book.store, incident), incident.proposed_level
    if told and now and now not in (incident.level, told):
        yield RecordFact(say(AGAIN, level=word(now)), "warn", short=str(AGAIN_SHORT))
    if incident.level and told not in (None, incident.level):
        yield RecordFact(say(OVERRULED, level=word(told)), "muted")  # type: ignore[arg-type]


@facts("incident")
def closed_too_early(book: Book, incident: Incident, states: StateView) -> Iterator[RecordFact]:  # noqa: ARG001
    """What a closed incident lacks, for those who read its files: another program let it pass, or
    a file was reopened since."""
    roles = book.people.roles(book.me, incident.project)
    if incident.state != "closed" or roles.isdisjoint(READERS):
        return
    left = left_to_close(book, incident)
    if left is not None:
        yield RecordFact(str(left), "bad", short=str(LACKS))


@facts("incident")
def course(book: Book, incident: Incident, states: StateView) -> Iterator[RecordFact]:  # noqa: ARG001
    """What happened when, and what was lost."""
    found = incident_losses.totals(incident_losses.losses(book.store, incident.id))
    if found:
        yield RecordFact(totals_said(found), "", LOST)
    points = incident_timeline.points(book, incident)
    lines = [f"{_minute(book, one.at)}  {one.text}" for one in points[:MOST]]
    if len(points) > MOST:
        lines.append(say(MORE, count=len(points)))
    if lines:
        yield RecordFact("\n".join(lines), "", TIMELINE)


@json_facts("incident", keys=("level_now", "losses"))
def incident_json(states: StateView, incident: Incident) -> dict[str, Any]:
    """`level_now`: by the rules and losses of today, or null; `losses`: "bearer CNY 12.5"."""
    found = incident_losses.totals(incident_losses.losses(states.store, incident.id))
    said = [f"{bearer} {one.text}" for bearer, sums in found.items() for one in sums]
    return {"level_now": incident_losses.level_now(states.store, incident), "losses": said}


def totals_said(found: Mapping[str, Sequence[Money]]) -> str:
    """The sums by bearer and currency in one sentence; '' without any."""
    said = [
        say(SHARE, bearer=_BEARERS[bearer], amount=str(one))
        for bearer, sums in found.items()
        for one in sums
    ]
    return several(W(one, one) for one in said)


def _minute(book: Book, ms: int) -> str:
    return f"{business_dates.local(ms, book.zone):%m-%d %H:%M}"
