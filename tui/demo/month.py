"""A realistic month of work as a stream of plain lines, the same for the same (day, seed).

The stream
----------
`month(lang, today, seed)` yields JSON-able objects in order of time; a line names only what came
before it. So cutting the stream at any instant (such as now) leaves a whole, earlier state.
No line is later than 09:00 of `today`, local time.

* A **new record**: `{"type", "ref", "by", "at", fields…}`, with `"project"` (a ref) on whatever
  belongs to a project, and `"occurred"` where it was written down much later than it happened.
* An **edit**: `{"ref", "by", "at", fields…}`: neither `type` nor `move`.
* A **move**: `{"move", "ref", "by", "at", fields…}`, with `"comment"` where one was given.
  `"makes"` gives a ref to the record that the move makes by a rule (the escalation of a fix);
  later lines use that ref.

`content` is the text of a file that is attached, `sha256` that of its bytes.

`by` is a person's key in `company.PEOPLE`, or `company.FOUNDER`; `at` and moments are
milliseconds UTC, days are 'YYYY-MM-DD', numbers are decimal text. A link field holds the ref of an
earlier line, a person field a person's key, one of several people their keys (`lin,wen`). Names of
types, fields, moves and choices are those of `models.records`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from models.calendar.working_calendar import BUNDLED, Calendar
from models.text.words import Lang
from tui.demo.checklist_rounds import Rounds
from tui.demo.data_files import area_files, lines
from tui.demo.line_stream import Line, Span, Stream
from tui.demo.master_data import put_places, put_projects, put_templates
from tui.demo.problem_lines import put_problems
from tui.demo.weekly_lines import put_weeklies


def month(lang: Lang, today: date, seed: int = 1, calendar: Calendar = BUNDLED) -> Iterator[Line]:
    """The lines of the month that ends on the last working day up to `today`."""
    out = Stream(lang, Span(today, calendar))
    put_places(out)
    put_projects(out)
    put_templates(out)
    Rounds(out, seed).put()
    put_problems(out)
    for name in ("agreements", "reports"):
        out.put_written(lines(name))
    put_weeklies(out, seed)
    out.put_written(lines("notes"))
    for name, folder in area_files():
        out.put_written(lines(name, folder))
    yield from out.sorted()
