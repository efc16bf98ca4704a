"""The register of sync cases: every one of 1 to 56 is tested, over each carrier it touches.

A test says in its name which cases it is: `test_26_…`, `test_case_26_…`, `test_cases_19_and_8_…`.
It runs over every carrier when it takes a `way` or goes through `WAYS`; else it stands for the
carrier that its file is about.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from functools import cache
from pathlib import Path

from tests.sync.transport.ways import WAYS

TESTS = Path(__file__).parents[1]
CASES = range(1, 57)
TOUCHING = {*range(18, 31), *range(34, 40), *range(41, 46), 55, 56}
"""The cases that touch the carrier."""
FILES = {
    "sync/transport/bundle/": "bundle",
    "sync/transport/folder/": "folder",
    "sync/transport/test_served": "hub",
    "sync/hub/": "hub",
}
_NAME = re.compile(r"test_(?:cases?_)?(\d+(?:_and_\d+)*)_")


@cache
def cited() -> dict[int, set[str]]:
    """Case -> the carriers that its tests run over; 'none' for a test without one."""
    found = defaultdict[int, set[str]](set)
    for path in sorted(TESTS.rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not _left_out(node):
                match = _NAME.match(node.name)
                for case in match[1].split("_and_") if match else ():
                    found[int(case)] |= _over(path, node)
    return found


def _left_out(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return any("mark.long" in ast.unparse(one) for one in node.decorator_list)


def _over(path: Path, node: ast.FunctionDef | ast.AsyncFunctionDef) -> set[str]:
    taken = {one.arg for one in node.args.args}
    names = {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}
    if "way" in taken or "WAYS" in names:
        return set(WAYS)
    where = path.relative_to(TESTS).as_posix()
    return {name for start, name in FILES.items() if where.startswith(start)} or {"none"}


def test_every_case_is_tested() -> None:
    found = cited()
    assert [case for case in CASES if not found[case]] == []
    assert set(found) <= set(CASES)


def test_cases_that_touch_the_carrier_run_over_each() -> None:
    assert set(WAYS) == {"bundle", "folder", "hub"}
    found = cited()
    lacking = {case: set(WAYS) - found[case] for case in sorted(TOUCHING)}
    assert {case: left for case, left in lacking.items() if left} == {}
