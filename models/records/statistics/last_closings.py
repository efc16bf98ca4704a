"""Last closings: the records of a type that were done last since a moment, found by the moves.

The index of the moves leads to them, so that the cost follows the span, not all years.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from models.book import permissions
from models.schema.record import kinds
from models.storage.store import places


def last_closings(
    type: str,
    closes: Sequence[str],
    since: int,
    projects: Sequence[str],
    condition: str,
    given: Sequence[Any],
) -> tuple[str, list[Any]]:
    """SQL of a type's rows with `ended`, when they came last (ms UTC) into one of these states.

    `projects`: ids, '' for what belongs to none; `condition`: SQL that a row `r` fulfils, and its
    values. What was brought in closed was closed when it was fixed, as far as that is known.
    """
    declared = kinds[type]
    moves = [move.id for move in declared.kind.moves if move.to in closes]
    moves += [permissions.IMPORT, permissions.RESOLVE]
    at = "t.at"
    if "fixed_at" in declared.fields():
        imported = f"t.move='{permissions.IMPORT}'"
        at = f"CASE WHEN {imported} THEN min(t.at, COALESCE(r.fixed_at, t.at)) ELSE t.at END"
    sql = (
        f'SELECT r.*, max({at}) AS ended FROM transition t JOIN "{type}" r ON r.id=t.record'
        f" WHERE t.type=? AND t.move IN ({places(moves)}) AND t.at>=?"
        f" AND t.state IN ({places(closes)}) AND COALESCE(t.project, '') IN ({places(projects)})"
        f" AND {condition} GROUP BY r.id HAVING ended>=?"
    )
    return sql, [type, *moves, since, *closes, *projects, *given, since]
