"""Samples are rows of a checklist that nobody changes."""

from __future__ import annotations

from models.records.checks.samples.check_sample import CheckSample


def test_a_sample_is_settled_when_it_is_written() -> None:
    assert CheckSample.kind.parent == "sheet"
    assert all(spec.at_birth for spec in CheckSample.specs().values())
