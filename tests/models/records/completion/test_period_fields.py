"""Period fields: the same three in every record of a service period, first in its form."""

from __future__ import annotations

import pytest

from models.schema.record import kinds


@pytest.mark.parametrize("type", ["project_summary", "target_assessment"])
def test_a_record_of_a_service_period_begins_with_it(type: str) -> None:
    cls = kinds[type]
    specs = cls.specs()
    assert list(specs)[:3] == ["service_to", "service_from", "due"]
    assert specs["service_to"].required and specs["service_to"].at_birth
    assert not specs["service_from"].required and cls.kind.due == "due"
    assert cls.kind.key == ("project", "service_to")
