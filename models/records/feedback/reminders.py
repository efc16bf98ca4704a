"""Reminders: customers without a contact for long, and answers that displease. Clause: 5.5."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from models.book.projects import my_projects
from models.calendar.business_dates import business_day, day_of
from models.queries.waiting.agenda import Reminder, reminds, section
from models.records.feedback.contacts import SILENT_DAYS, last_contacts
from models.records.feedback.surveys import content
from models.records.feedback.surveys.survey import CALLING, DESK, Survey
from models.records.feedback.surveys.survey_response import SurveyResponse
from models.schema.roles import PROJECT_MANAGER
from models.storage import rows
from models.storage.store import places
from models.text.words import W

if TYPE_CHECKING:
    from models.book.book import Book

section("silent", W("超过 30 天没有沟通", "No contact for 30 days"), 62)
section("displeased", W("不满意的答复，待开投诉", "Dissatisfied, no complaint yet"), 47)


@reminds
def silent(book: Book) -> Iterator[Reminder]:
    """Projects in service without a contact for 30 days, for their manager."""
    led = my_projects(book, (PROJECT_MANAGER,))
    last = last_contacts(book.store, [project.id for project in led])
    for project in led:
        begin = day_of(project.service_from) or business_day(project.occurred, book.zone)
        end = day_of(project.service_to)
        if begin > book.today or (end is not None and end < book.today):
            continue
        day = max(last.get(project.id, begin), begin) + timedelta(days=SILENT_DAYS)
        if day < book.today:
            yield Reminder("silent", project, day)


@reminds
def displeased(book: Book) -> Iterator[Reminder]:
    """Dissatisfied answers without a complaint, for the service desk."""
    mine = [project.id for project in my_projects(book, DESK)]
    where = f"WHERE project IN ({places(mine)}) AND state IN ({places(CALLING)}) AND void IS NULL"
    for survey in rows.fetch(book.store, Survey, where, (*mine, *CALLING)) if mine else ():
        for id in content.without_complaint(book, survey):
            found = rows.fetch(book.store, SurveyResponse, "WHERE number=? LIMIT 1", (id,))
            yield from (Reminder("displeased", one, None) for one in found)
