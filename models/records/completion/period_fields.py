"""Period fields: the service period that a record of the completion is about, and its due day."""

from __future__ import annotations

from typing import Any

from models.schema.fields import day
from models.text.words import W


def period_fields() -> tuple[Any, Any, Any]:
    """`service_to`, `service_from`, `due`."""
    return (
        day(
            "服务期结束",
            "Service period ends",
            required=True,
            at_birth=True,
            hint=W("空着就是项目的服务期结束日", "that of the project if empty"),
        ),
        day("服务期开始", "Service period begins"),
        day("要求完成日期", "Due"),
    )
