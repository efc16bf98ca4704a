"""Sampling: who was drawn for a follow-up, so that anybody can draw it again. Clause: 5.2(1).

The draw keeps the population with its strata, the size and the seed (`models.derived.draws`). Who
is in the sample follows from these and from who was replaced; on every device alike.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from models.book.derived_state import DerivedState, derived_state
from models.derived import draws
from models.frozen import NamedTuple
from models.records.feedback.surveys.survey import Survey
from models.records.feedback.surveys.survey_response import SurveyResponse
from models.schema.fields import TEXT_LIMIT
from models.storage import rows
from models.text.strict_json import reader
from models.text.words import Refused, W, several

if TYPE_CHECKING:
    from models.schema.record import Record
    from models.storage.store import Store

ALL, STRATIFIED = "all", "stratified"
OUTSIDE = "off_sample"
LISTED, REPLACED = "listed", "replaced"
TOO_MANY = W(
    "回访对象太多（{count} 个），一次抽不了。请分开回访。",
    "There are too many people to ask ({count}) for one draw. Divide the follow-up.",
)
NO_STRATUM = W(
    "分层抽样要给每个回访对象写分层；{names}还没有。",
    "A stratified sample needs the stratum of everybody; it is missing of {names}.",
)
TOO_LARGE = W(
    "样本数 {size} 大于总体 {count}。请改小，或改为全部回访。",
    "The sample of {size} is larger than the population of {count}. Make it smaller, or ask"
    " everybody.",
)
TWICE = W("“{name}”写了两次", "“{name}” is given twice")
_read = reader(TWICE)


class Sample(NamedTuple):
    """A draw as it is kept."""

    seed: str
    size: int
    population: Mapping[str, str]
    """The ids of those who could be drawn, with their strata ('' without)."""

    def drawn(self) -> list[str]:
        """The ids in the order of the draw."""
        return draws.drawn(self.seed, self.population, self.size)

    def members(self, replaced: Collection[str]) -> list[str]:
        """All who were taken: the drawn ones, and the next for each one who was replaced."""
        found = self.drawn()
        for one in found:  # who came for another may be replaced, too: the list grows meanwhile
            if one in replaced:
                after = draws.next_of(self.seed, self.population, found, one)
                if after is not None:
                    found.append(after)
        return found

    def is_true(self, survey: str) -> bool:
        """Whether the seed is the one that follows from the population and the size."""
        return self.seed == draws.seed_of(survey, self.population, self.size)


def sample_of(survey: Survey) -> Sample | None:
    """The draw that a follow-up keeps; None before it, and for one that cannot be read."""
    return _sample(survey.frame or "", survey.seed or "")


@lru_cache(8)
def _sample(frame: str, seed: str) -> Sample | None:
    try:
        found = _read(frame)
    except (Refused, ValueError, RecursionError):
        return None
    if not isinstance(found, dict) or not seed:
        return None
    size, people = found.get("size"), found.get("people")
    if size.__class__ is not int or not isinstance(people, dict):
        return None
    if not all(isinstance(stratum, str) for stratum in people.values()):
        return None
    return Sample(seed, size, people)


def draw(survey: Survey, people: Iterable[SurveyResponse]) -> dict[str, Any]:
    """The draw from these people, as the fields that keep it. Raises `Refused` where the method
    does not fit them."""
    some = list(people)
    stratified, count = survey.method == STRATIFIED, len(some)
    bare = [one.title() for one in some if stratified and not one.stratum]
    if bare:
        raise Refused(NO_STRATUM, names=several(bare[:3]) + ("…" if len(bare) > 3 else ""))
    size = count if survey.method == ALL else int(survey.size or 0)
    if size > count:
        raise Refused(TOO_LARGE, size=size, count=count)
    population = {one.id: str(one.stratum) if stratified else "" for one in some}
    kept = {"people": population, "size": size}
    frame = json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    if len(frame.encode()) > TEXT_LIMIT:
        raise Refused(TOO_MANY, count=count)
    seed = draws.seed_of(survey.id, population, size)
    return {"seed": seed, "population": count, "frame": frame}


def people_of(store: Store, survey: str) -> list[SurveyResponse]:
    """Everybody who is listed for a follow-up, void ones left out."""
    return rows.fetch(
        store, SurveyResponse, "WHERE survey=? AND void IS NULL ORDER BY n", (survey,)
    )


def members_of(store: Store, survey: Survey) -> list[str] | None:
    """The ids of all who were taken into the sample; None before the draw."""
    sample = sample_of(survey)
    if sample is None:
        return None
    sql = "SELECT id FROM survey_response WHERE survey=? AND state=? AND void IS NULL"
    replaced = frozenset(row[0] for row in store.rows(sql, (survey.id, REPLACED)))
    return list(_members(survey.frame or "", survey.seed or "", replaced))


@lru_cache(8)
def _members(frame: str, seed: str, replaced: frozenset[str]) -> tuple[str, ...]:
    """The members of a sample, drawn once: a page asks for them again and again."""
    sample = _sample(frame, seed)
    return tuple(sample.members(replaced)) if sample is not None else ()


def outside(store: Store, survey: Survey) -> list[str]:
    """The ids of those who were asked though the draw, as it stands now, does not name them."""
    members = members_of(store, survey)
    if members is None:
        return []
    sql = "SELECT id FROM survey_response WHERE survey=? AND state<>? AND void IS NULL"
    asked = [row[0] for row in store.rows(sql, (survey.id, LISTED))]
    return sorted(set(asked) - set(members))


@derived_state("survey_response")
class OutsideSample(DerivedState):
    """Those who were asked although they are not in the sample, as only a merge brings it."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._outside: dict[str, frozenset[str]] = {}

    def state(self, record: Record) -> str | None:
        """Outside the sample, or None."""
        survey = str(getattr(record, "survey", None))
        return OUTSIDE if record.void is None and record.id in self._of(survey) else None

    def sql(self, type: str) -> tuple[str, list[Any]] | None:  # noqa: ARG002
        """The SQL expression of the shown state."""
        sql = "SELECT DISTINCT survey FROM survey_response WHERE state<>? AND survey IS NOT NULL"
        surveys = [row[0] for row in self._store.rows(sql, (LISTED,))]
        ids = sorted(id for survey in surveys for id in self._of(survey))
        if not ids:
            return None
        shown = "CASE WHEN id IN (SELECT value FROM json_each(?)) THEN ? ELSE state END"
        return shown, [json.dumps(ids), OUTSIDE]

    def _of(self, id: str) -> frozenset[str]:
        if id not in self._outside:
            survey = rows.one(self._store, Survey, id)
            found = outside(self._store, survey) if survey is not None else []
            self._outside[id] = frozenset(found)
        return self._outside[id]
