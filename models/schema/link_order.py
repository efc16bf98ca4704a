"""Link order: the record types, those that links name before those that hold the links."""

from __future__ import annotations

from collections.abc import Iterable

from models.schema.record import kinds


def link_order() -> list[str]:
    """Every type after the types that its links name, as far as no circle of links hinders it.

    Projects come first, since the header of a record names one; types that link to a record of
    any type, and those that name such types, come behind all others, and at the end what is kept
    with a record of any type.
    """
    found: dict[str, None] = {}
    _visit(("project", *kinds), found)
    late: set[str] = set()
    for type in found:
        if any(target == "" or target in late for target in targets(type)):
            late.add(type)
    return sorted(found, key=lambda type: _rank(type, late))


def _visit(types: Iterable[str], found: dict[str, None], above: tuple[str, ...] = ()) -> None:
    for type in types:
        if type in kinds and type not in found and type not in above:
            _visit(targets(type), found, (*above, type))
            found[type] = None


def targets(type: str) -> list[str]:
    """The types that the links of a type name; '' stands for any, 'person' for a member."""
    return [spec.target for spec in kinds[type].specs().values() if spec.kind == "link"]


def _rank(type: str, late: set[str]) -> int:
    if kinds[type].kind.space == "parent" and "" in targets(type):
        return 2
    return int(type in late)
