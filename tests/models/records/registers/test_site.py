"""Sites: proposed by everyone, confirmed and retired by leads."""

from __future__ import annotations

from models.book.book import Book
from models.records.registers.site import only_site
from tests.support.staff import Staff, no_add, no_move


def test_everyone_proposes_and_a_lead_confirms(staff: Staff) -> None:
    for book in (staff.engineer, staff.desk, staff.quality):
        made = book.add("site", {"name": "机房"})
        assert made.state == "proposed"
        assert "项目经理" in no_move(book, made.id, "confirm")
    assert staff.manager.move(made.id, "confirm").state == "confirmed"


def test_what_a_lead_adds_is_confirmed(staff: Staff) -> None:
    assert staff.department.add("site", {"name": "机房"}).state == "confirmed"
    assert "名称" in no_add(staff.manager, "site", {})


def test_a_retired_one_keeps_its_reason_and_may_return(staff: Staff) -> None:
    made = staff.manager.add("site", {"name": "机房"})
    assert "需要角色" in no_move(staff.engineer, made.id, "retire")
    assert "理由" in no_move(staff.manager, made.id, "retire")
    assert staff.manager.move(made.id, "retire", comment="已搬迁").state == "retired"
    assert staff.department.move(made.id, "restore").state == "confirmed"


def test_it_belongs_to_the_company_not_to_a_project(staff: Staff, project: str) -> None:
    made = staff.engineer.add("site", {"name": "机房"}, project=project)
    assert made.project is None and staff.engineer.space_of(made) == "company"


def site_of(book: Book, customer: str | None, name: str) -> str:
    """A new site of a customer."""
    return book.add("site", {"name": name, "customer": customer}).id


def test_the_site_of_a_project_is_known_when_its_customer_has_one(book: Book) -> None:
    customer = book.add("customer", {"name": "滨河医院"}).id
    project = book.add("project", {"name": "机房运维", "customer": customer}).id
    assert only_site(book.store, project) is None
    first = site_of(book, customer, "主机房")
    site_of(book, book.add("customer", {"name": "别家"}).id, "别处")
    assert only_site(book.store, project) == first
    second = site_of(book, customer, "灾备机房")
    assert only_site(book.store, project) is None
    book.move(second, "retire", comment="已搬迁")
    assert only_site(book.store, project) == first
    book.void(first, "重复")
    assert only_site(book.store, project) is None
    assert only_site(book.store, None) is None
