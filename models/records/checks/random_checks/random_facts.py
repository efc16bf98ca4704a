"""Facts about draws: drawing again gives the same, or does not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from models.book.derived_state import StateView
from models.queries.facts import RecordFact, facts, json_facts
from models.records.checks import remedies
from models.records.checks.random_checks import site_draw
from models.records.checks.random_checks.random_check import RandomCheck
from models.records.checks.random_checks.random_draw import RandomDraw
from models.records.checks.random_checks.random_finding import RandomFinding
from models.records.checks.random_checks.site_draw import Drawn
from models.text.words import W

if TYPE_CHECKING:
    from models.book.book import Book

AGAIN = W("重新抽取", "Drawn again")
SAME = W("结果一致", "the same")
OTHER = W("结果不一致：抽取总体、种子或结果被改动过", "not the same: something of it was changed")
FREELY = W("未经抽取，由检查人选定", "not drawn: chosen by who checked")
OTHERS = W("受检人员或现场与抽中的不同", "the person or site is not the one that was drawn")
UNREMEDIED = W("不符合项尚无负责人的措施", "nobody is in charge of a remedy")


def _agrees(one: RandomDraw | RandomCheck) -> bool | None:
    """Whether drawing again gives the same; None where nothing was drawn."""
    if isinstance(one, RandomDraw):
        return site_draw.agrees(one.seed, one.population, Drawn(one.site, one.person, one.day))
    if not one.seed and not one.population:
        return None
    drawn = Drawn(one.drawn_site, one.drawn_person, one.drawn_day)
    return site_draw.agrees(one.seed, one.population, drawn)


@facts("random_draw", "random_check")
def drawn_again(
    book: Book,  # noqa: ARG001
    one: RandomDraw | RandomCheck,
    states: StateView,  # noqa: ARG001
) -> Iterator[RecordFact]:
    """Whether the draw is what its population and seed give."""
    agrees = _agrees(one)
    if agrees is None:
        yield RecordFact(str(FREELY), "warn", AGAIN)
    else:
        yield RecordFact(str(SAME if agrees else OTHER), "good" if agrees else "bad", AGAIN)
    if isinstance(one, RandomCheck) and agrees is not None:
        found, drawn = (one.site, one.person), (one.drawn_site, one.drawn_person)
        if found != drawn:
            yield RecordFact(str(OTHERS), "warn")


@facts("random_finding")
def unremedied(book: Book, row: RandomFinding, states: StateView) -> Iterator[RecordFact]:  # noqa: ARG001
    """What does not conform and led to nothing."""
    if row.state == "fails" and not remedies.owned(book.store, row):
        yield RecordFact(str(UNREMEDIED), "bad", short=str(UNREMEDIED))


@json_facts("random_draw", "random_check", keys=("draw_agrees",))
def drawn_json(states: StateView, one: RandomDraw | RandomCheck) -> dict[str, Any]:  # noqa: ARG001
    """`draw_agrees`: whether drawing again gives the same; null where nothing was drawn."""
    return {"draw_agrees": _agrees(one)}
