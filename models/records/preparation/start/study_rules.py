"""Rules of pre-service studies: each risk is rated, lowered as far as can be, and accounted for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.book.rules import before_move
from models.records.preparation.start.pre_service_study import PreServiceStudy
from models.records.preparation.start.study_risk import RATINGS, StudyRisk
from models.storage import rows
from models.text.words import Refused, W, several

if TYPE_CHECKING:
    from models.book.book import Book

NOT_RATED = W("风险“{risk}”还没有填写：{fields}。", "The risk “{risk}” still lacks: {fields}.")
RAISED = W(
    "风险“{risk}”在措施之后反而更高。请核对两个等级，或改进措施。",
    "The risk “{risk}” is higher after its measures. Check both ratings, or improve the measures.",
)
STILL_HIGH = W(
    "风险“{risk}”在措施之后仍为高。请改进措施，或写明接受的理由。",
    "The risk “{risk}” is still high after its measures. Improve them, or say why it is accepted.",
)
PLACE = {name: at for at, (name, *_) in enumerate(RATINGS)}


@before_move("pre_service_study", "submit")
def risks_rated(book: Book, study: PreServiceStudy) -> None:
    """Every risk is rated before and after its measures, and not higher afterwards."""
    for one in risks(book, study.id):
        specs = type(one).specs()
        absent = [name for name in ("before", "measures", "after") if not getattr(one, name)]
        if absent:
            fields = several(specs[name].label for name in absent)
            raise Refused(NOT_RATED, risk=one.title(), fields=fields)
        if PLACE.get(str(one.after), 0) > PLACE.get(str(one.before), 0):
            raise Refused(RAISED, risk=one.title())
        if one.after == "high" and not (one.accepted_because or "").strip():
            raise Refused(STILL_HIGH, risk=one.title())


def risks(book: Book, study: str) -> list[StudyRisk]:
    """The risks in use of a study, in order."""
    where = "WHERE study=? AND void IS NULL ORDER BY position IS NULL, position, occurred, id"
    return rows.fetch(book.store, StudyRisk, where, (study,))
