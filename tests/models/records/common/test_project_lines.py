"""What holds, and what was issued, on the page of a project."""

from __future__ import annotations

from models.book.book import Book
from tests.support.project_lines import section, texts


def test_who_holds_is_opened_and_what_it_holds_is_counted(book: Book, project: str) -> None:
    book.add("milestone", {"name": "初验", "due": "2030-01-01"}, project=project)
    assert section(book, project, "held") == []
    made = book.add("concession", {"requirement": "双回路供电"}, project=project)
    (line,) = section(book, project, "held")
    assert made.number in str(line.text) and line.state == "挂起 2 项"
    assert line.record is not None and line.record.id == made.id


def test_what_the_project_itself_lacks_opens_what_is_held(book: Book, project: str) -> None:
    start = book.add("service_start", {"name": "机房运维"}, project=project)
    (line,) = section(book, project, "held")
    assert line.record is not None and line.record.id == start.id
    assert str(line.text).startswith(f"服务开始 {start.number} 还没有经确认的服务前")


def test_the_newest_papers_are_named_and_the_others_counted(book: Book, project: str) -> None:
    assert texts(section(book, project, "papers")) == ["无|"]
    sums = dict.fromkeys(("sha256", "data_sha256", "template_sha256"), "0" * 64)
    for version in range(1, 6):
        named = {"about": project, "name": f"周报 {version}", "document": "weekly"}
        given = {**named, "version": version, **sums}
        book.add("issued", given, project=project)
    found = section(book, project, "papers")
    assert texts(found) == [
        *(f"周报 {version}|第 {version} 版" for version in (5, 4, 3)),
        "还有 2 条已签发文件|",
    ]
