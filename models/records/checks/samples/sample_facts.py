"""Facts about samples: drawing again gives the same, or does not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from models.book.derived_state import StateView
from models.queries.facts import RecordFact, facts, json_facts
from models.records.checks.random_checks.random_facts import AGAIN, OTHER, SAME
from models.records.checks.samples import sample_draw
from models.records.checks.samples.check_sample import CheckSample

if TYPE_CHECKING:
    from models.book.book import Book


@facts("check_sample")
def sample_again(book: Book, one: CheckSample, states: StateView) -> Iterator[RecordFact]:  # noqa: ARG001
    """Whether the sample is what its population gives."""
    same = sample_draw.agrees(one)
    yield RecordFact(str(SAME if same else OTHER), "good" if same else "bad", AGAIN)


@json_facts("check_sample", keys=("draw_agrees",))
def sample_json(states: StateView, one: CheckSample) -> dict[str, Any]:  # noqa: ARG001
    """`draw_agrees`: whether drawing again gives the same."""
    return {"draw_agrees": sample_draw.agrees(one)}
