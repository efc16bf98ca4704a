"""First steps of the registers: a name of one's own, and a site as well as a customer."""

from __future__ import annotations

from models.book.book import Book
from models.records.registers.first_steps import located, named


def test_the_name_of_the_first_run_is_no_name_yet(book: Book, project: str) -> None:
    book.edit(project, {"name": "My project"})
    assert not named(book)
    book.edit(project, {"name": "My project, water"})
    assert named(book)


def test_a_customer_without_a_site_is_half_of_it(book: Book) -> None:
    customer = book.add("customer", {"name": "甲"})
    assert not located(book)
    site = book.add("site", {"name": "乙", "customer": customer.id})
    assert located(book)
    book.void(site.id, "写错")
    assert not located(book)
