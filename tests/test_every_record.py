"""Every record type, over a book of hostile text: pages, JSON, files and both languages.

What follows from a declaration holds for each of them; nothing here names a type but to find a
row's page. A type that is declared tomorrow is walked through too.
"""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from models.book.derived_state import StateView, shown_state
from models.queries.facts import json_of
from models.queries.record_json import plain, type_plain
from models.schema.record import Record, kinds
from models.storage import rows
from models.text.lists import names_of
from models.text.words import language
from sync.workspace.workspace import Workspace, open_book
from tests.support import hostile_book
from tests.support.hostile import acting
from tests.support.hostile_book import TEXTS, Ids
from tests.tui.cli.conftest import Shell
from tests.tui.seen import at, opened, press, quiet, text, whole
from tui.pages.forms.form_page import FormPage
from tui.pages.records.record_list import ListPage
from tui.pages.records.record_page import RecordPage
from tui.spreadsheets.exporting.exporter import ExportRequest, write
from tui.widgets.windowed_list import WindowedList

EVERY = pytest.mark.parametrize("type_", sorted(kinds))
FORMS = (".xlsx", ".csv", ".jsonl")


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Ids]:
    """The hostile book: where it is, and its records."""
    home = tmp_path_factory.mktemp("every") / "book"
    return home, hostile_book.make(home)


@pytest.fixture(scope="module")
def hostile(written: tuple[Path, Ids]) -> Iterator[Workspace]:
    """It, open: nothing in this module writes to it."""
    workspace = open_book(written[0])
    yield workspace
    workspace.close()


@pytest.mark.shows(98, 99)
@EVERY
async def test_list_page_and_form_in_both_languages(
    hostile: Workspace, written: tuple[Path, Ids], type_: str
) -> None:
    cls, first = kinds[type_], written[1][type_][0]
    async with opened(hostile) as (app, pilot):
        app.open_list(type_)
        await quiet(pilot)
        assert at(app, ListPage).query_one(WindowedList).total >= len(TEXTS) - 1  # one may be void
        for lang in ("zh", "en"):
            assert language.now == lang and str(cls.kind.label) in text(app)
            whole(app)
            app.open_record(first)
            await quiet(pilot)
            at(app, RecordPage)
            whole(app)
            await press(pilot, "end", "o")
            whole(app)
            await press(pilot, "escape", "f9")
        await _form(app, pilot, cls, hostile.book.get(first))
    language.now = "zh"


async def _form(app: object, pilot: object, cls: type[Record], record: Record) -> None:
    """The form of a new record with all its texts hostile, looked at from end to end."""
    specs = cls.specs()
    start = {name: record.values()[name] for name in specs if not specs[name].computed}
    app.open_form(cls.kind.name, start, project=record.project)  # type: ignore[attr-defined]
    await quiet(pilot)  # type: ignore[arg-type]
    screen = app.screen  # type: ignore[attr-defined]
    assert isinstance(screen, FormPage)
    for field in (screen.fields.editing.fields[0], screen.fields.editing.fields[-1]):
        screen.fields.go(field.name)
        await quiet(pilot)  # type: ignore[arg-type]
        whole(app)  # type: ignore[arg-type]
    await press(pilot, "escape")  # type: ignore[arg-type]


@EVERY
def test_json_is_ascii_and_holds_what_is_stored(hostile: Workspace, type_: str) -> None:
    cls = kinds[type_]
    told = type_plain(cls)
    assert told["states"] == [state.name for state in cls.kind.states]
    look = StateView(hostile.store)  # as commands that tell many records do
    for record in rows.fetch(hostile.store, cls, "ORDER BY n"):
        said = json.dumps(plain(record) | json_of(look, record), ensure_ascii=True)
        assert not acting(said.encode())
        again = json.loads(said)
        assert (again["id"], again["type"], again["void"]) == (record.id, type_, record.void)
        assert again["state"] == look.state(record).name
        for name, spec in cls.visible().items():
            if spec.kind != "moment":
                held = record.values()[name]
                stored = names_of(held) if spec.several and held is not None else held
                assert again[name] == stored, name
    assert plain(record, store=hostile.store) == plain(record) | json_of(look, record)
    assert shown_state(hostile.store, record) == look.state(record)


@pytest.mark.shows(80)
@EVERY
@pytest.mark.parametrize("form", FORMS)
def test_a_file_goes_out_and_comes_back_the_same(
    hostile: Workspace,
    written: tuple[Path, Ids],
    tmp_path: Path,
    capfdbinary: pytest.CaptureFixture[bytes],
    monkeypatch: pytest.MonkeyPatch,
    type_: str,
    form: str,
) -> None:
    path, cls = tmp_path / f"{type_}{form}", kinds[type_]
    done = write(hostile.book, hostile.settings.zone, cls, path, ExportRequest(void=True))
    count = hostile.store.row(f'SELECT count(*) FROM "{type_}"')
    assert count == (done.count,)
    if form != ".xlsx":
        assert not acting(path.read_bytes().removeprefix(codecs.BOM_UTF8))
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    said = Shell(written[0], capfdbinary, monkeypatch)("import", path, "--as", type_)
    too_long = [line for line in said.err.splitlines() if "太长" in line]  # once it was cleaned
    assert form != ".jsonl" or not too_long
    assert said.code == bool(too_long) and len(said.err.splitlines()) <= len(too_long) + 1, said
    assert "新增" not in said.out and "修改" not in said.out, said
    assert hostile.store.row(f'SELECT count(*) FROM "{type_}"') == count
