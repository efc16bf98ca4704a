"""What is said of a document that is lacking: the first records or quarters, the rest counted."""

from __future__ import annotations

from models.records.completion.archive.holdings import MISSING, ArchiveEntry
from models.records.completion.archive.lacking import LACKS, said
from models.schema.company_tables import RequiredPaper
from models.text.words import W

PAPER = RequiredPaper("reports", W("运维服务报告", "Service reports"), "service_report")


def test_the_first_quarters_are_named_and_the_others_counted() -> None:
    quarters = ("2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4")
    found = said(LACKS, ArchiveEntry(PAPER, MISSING, periods=quarters))
    assert found.zh == "缺少“运维服务报告”（2025-Q4、2026-Q1、2026-Q2、另有 2 项）"
    assert "2 more" in found.en


def test_what_is_simply_missing_says_no_more() -> None:
    assert said(LACKS, ArchiveEntry(PAPER, MISSING)).en == "missing: “Service reports”"
