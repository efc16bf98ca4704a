"""Level rules: what is refused only from a level of the rules on. Pure.

A version of the program that refuses more than the one before it declares the new rule here, under
the next level, and raises `sync.trust.steering.rule_levels.KNOWN`:

    RULES[2] = (no_empty_reason,)

The rule raises the reason against a change, as every rule does.
"""

from __future__ import annotations

from collections.abc import Callable

from sync.validation.change_context import ChangeContext

Rule = Callable[[ChangeContext], None]

RULES: dict[int, tuple[Rule, ...]] = {}
"""Level -> what it adds."""


def of_level(case: ChangeContext) -> None:
    """Raise the reason of a rule that the membership version of the seal has in force."""
    for level, rules in RULES.items():
        if level <= case.writer.level:
            for rule in rules:
                rule(case)
