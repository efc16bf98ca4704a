"""Sheet answering: the answers of one checklist round, without a screen.

Each answer is one durable save, which begins the sheet if there is none yet. What is refused is
raised as `Refused`; what was done is returned, and can be said in the current language.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, cast

from models.book import permissions
from models.records.checks import answering
from models.records.checks import questions as asked
from models.records.checks.answer import Answer
from models.records.checks.questions import ChecklistQuestion
from models.records.checks.rounds import due_rounds
from models.records.checks.rounds.round_plan import ChecklistRound
from models.records.checks.rules import UNANSWERED
from models.records.checks.sheet import Sheet
from models.schema.lifecycle import Move
from models.text.words import Refused, W, say, several

if TYPE_CHECKING:
    from models.book.book import Book

NO_ITEM = W("光标下没有检查项。", "There is no item under the cursor.")
NONE_DUE = W(
    "现在没有要做的检查。启用检查模板后会自动排到每天（6 全部记录）。",
    "No checklist is due. Published templates create them (6 Records).",
)
NOT_BEGUN = W("还没有开始这张检查表。", "This checklist is not started.")
NEEDS_VALUE = W(
    "这一项要填测量值：直接输入数字。没有测就按 s 标为未检。",
    "This item takes a measured value: type the number, or s if it was not checked.",
)
NOT_OK = W("{item}：异常。f 处置  r 升级", "{item}: not ok. f fix  r escalate")
OUT = W(
    "{item}：{verdict}，已标异常。f 处置  r 升级", "{item}: {verdict}, not ok. f fix  r escalate"
)
STILL = W(
    "{item}：测量值在限值内，仍为异常。空格 改为正常  f 处置",
    "{item}: within limits, still not ok. Space makes it ok  f fix",
)
YOURS = W(
    "{item}：没有上下限{expected}。回车 正常  x 异常",
    "{item}: no limits{expected}. Enter ok  x not ok",
)
EXPECTED = W("，期望 {text}", ", expected {text}")
UNDONE = W("已撤销：{item}", "Undone: {item}")
REOPEN = W("{why} 现在就“{move}”并修改？", "{why} Take the action “{move}” now and edit?")
NAMED = 3
"""Questions without a result that a refusal names."""
FIELDS = ("result", "reading", "reason")
"""The fields of an answer that undoing restores."""


class Marked(NamedTuple):
    """A question as it was, and the answer that was saved for it."""

    question: ChecklistQuestion
    answer: Answer
    typed: bool = False
    """Whether a measured value was typed, and no result marked."""

    @property
    def not_ok(self) -> bool:
        """Whether the answer is not ok."""
        return self.answer.result == "not_ok"

    def text(self) -> str:
        """What there is to say about it, in the current language; '' of an item that is ok."""
        if self.answer.result is None and self.typed:
            return say(YOURS, item=self.question.text(), expected=self._expected())
        if not self.not_ok:
            return ""
        reading = self.answer.reading
        verdict = self.question.verdict(reading) if reading else None
        within = verdict is not None and verdict.where != "out"
        word = STILL if within and self.typed else OUT if verdict and not within else NOT_OK
        return say(word, item=self.question.text(), verdict=verdict)

    def _expected(self) -> str:
        expected = self.question.item.expected
        return say(EXPECTED, text=expected) if expected else ""


class Undone(NamedTuple):
    """A question whose last answer was taken back."""

    question: ChecklistQuestion

    def text(self) -> str:
        """What was taken back, in the current language."""
        return say(UNDONE, item=self.question.text())


class Reopening(NamedTuple):
    """What must be done before a submitted sheet takes changes: why, and which move."""

    why: Refused
    move: Move

    def text(self) -> str:
        """The question whether to do it now."""
        return say(REOPEN, why=self.why, move=self.move.label)


class AnswerBefore(NamedTuple):
    """The fields of an answer before it was saved."""

    question: str
    values: dict[str, Any]
    saved: Answer
    """The answer as that save left it."""


class SheetAnswering:
    """The questions of one round, their answers, and what was saved last; without a round, none."""

    def __init__(self, book: Book, round: ChecklistRound | None = None) -> None:
        self.book, self.round = book, round
        self.questions: Sequence[ChecklistQuestion] = ()
        self.not_ok = ""
        """The key of the question that was marked not ok last, until something else is marked."""
        self._saved: list[AnswerBefore] = []

    @property
    def sheet(self) -> Sheet | None:
        """The sheet of the round, once it is begun."""
        return self.round.sheet if self.round is not None else None

    @property
    def keys(self) -> list[str]:
        """The keys of the questions, in order."""
        return [question.key for question in self.questions]

    def read(self) -> None:
        """Read the round and its questions as they are in the book now."""
        if self.round is None:
            return
        self.round = due_rounds.again(self.book, self.round)
        template, project = self.round.template.id, self.round.project.id
        self.questions = asked.questions(self.book.store, template, project, self.sheet)

    def find(self, key: str | None) -> ChecklistQuestion | None:
        """A question by its key, or None."""
        return next((one for one in self.questions if one.key == key), None)

    def question(self, key: str | None) -> ChecklistQuestion:
        """A question by its key. Raises `Refused` when there is none."""
        found = self.find(key)
        if found is None:
            raise Refused(NO_ITEM)
        return found

    def record(self) -> Sheet:
        """The sheet. Raises `Refused` for one that is not started."""
        if self.sheet is None:
            raise Refused(NOT_BEGUN)
        return self.sheet

    # -- the sheet as a whole --------------------------------------------------------------------

    @property
    def closed(self) -> bool:
        """Whether the sheet is submitted."""
        return self.sheet is not None and permissions.closed_by(self.sheet) is not None

    def reopening(self) -> Reopening | None:
        """What must be done before the sheet takes changes; None when it takes them now.

        Raises `Refused` when this person cannot reopen it.
        """
        sheet = self.sheet
        why = permissions.closed_by(sheet) if sheet is not None else None
        if sheet is None or why is None:
            return None
        way = sheet.kind.state(sheet.state).reopen
        chance = next((one for one in self.book.chances(sheet) if one.move.id == way), None)
        if chance is None or not chance.ok:
            raise why
        return Reopening(why, chance.move)

    def reopen(self) -> None:
        """Make the move that reopens the sheet, if it is submitted."""
        needed = self.reopening()
        if needed is not None:
            self.book.move(self.record().id, needed.move.id)
            self.read()

    def why_not_submit(self) -> Refused | None:
        """Why this person cannot hand the sheet in now, or None."""
        if self.sheet is None:
            return None
        return next(c.why for c in self.book.chances(self.sheet) if c.move.id == "submit")

    def missing(self) -> list[ChecklistQuestion]:
        """The questions without a result, in order."""
        return [question for question in self.questions if question.result is None]

    def begun(self) -> Sheet:
        """The sheet, begun now if there is none yet. Raises `Refused` when nothing is due."""
        if self.round is None:
            raise Refused(NONE_DUE)
        return due_rounds.begin(self.book, self.round)

    def complete(self) -> Sheet:
        """The sheet, ready to be submitted. Raises `Refused`, naming what has no result."""
        left = self.missing()
        if left:
            names = several(question.text() for question in left[:NAMED])
            more = "…" if len(left) > NAMED else ""
            raise Refused(UNANSWERED, count=len(left), items=names + more)
        return self.begun()

    def next_key(self, key: str) -> str | None:
        """The next question without a result, round and round; when all have one, the next."""
        keys = self.keys
        at = keys.index(key)
        order = [*self.questions[at + 1 :], *self.questions[:at]]
        left = next((one.key for one in order if one.result is None), None)
        return left or next(iter(keys[at + 1 :]), None)

    # -- answers ---------------------------------------------------------------------------------

    def needed_for_ok(self, here: ChecklistQuestion) -> Literal["", "words", "reason"]:
        """What must be asked before a question is marked ok: nothing, its words, or a reason.

        Raises `Refused` where a measured value is missing.
        """
        if here.measured and here.reading is None:
            raise Refused(NEEDS_VALUE)
        if here.item.answer_kind == "text" and not (here.answer and here.answer.remark):
            return "words"
        verdict = here.verdict()
        return "reason" if verdict is not None and verdict.where == "out" else ""

    def mark(
        self,
        here: ChecklistQuestion,
        result: str,
        *,
        typed: str | None = None,
        reason: str | None = None,
    ) -> Marked:
        """Save a result, with the value being typed. Raises `Refused` where that is none."""
        begun = typed is not None and any(map(str.isdecimal, typed))
        reading = answering.number_of(typed or "") if begun else here.reading
        with self.book.saving():
            sheet = self.begun().id
            answer = answering.mark(self.book, sheet, here, result, reading=reading, reason=reason)
        return self._remember(here, answer)

    def measure(self, here: ChecklistQuestion, text: str) -> Marked:
        """Save a measured value; limits give its result, if there are any. Raises `Refused` for no
        number.
        """
        with self.book.saving():
            answer = answering.measure(self.book, self.begun().id, here, text)
        return self._remember(here, answer, typed=True)

    def put_words(self, here: ChecklistQuestion, text: str) -> Marked:
        """Save the words that answer a question, which is ok by that."""
        answer = self._put(here, {"result": "ok", "remark": text or None})
        return self._remember(here, answer)

    def put_remark(self, here: ChecklistQuestion, text: str) -> None:
        """Save a remark; the result stays as it is, and undoing passes over it."""
        self._put(here, {"remark": text or None})

    def begun_answer(self, here: ChecklistQuestion) -> Answer:
        """The answer of a question, begun without a result if there is none yet."""
        with self.book.saving():
            self.begun()
            return here.answer or self._put(here, {})

    @property
    def can_undo(self) -> bool:
        """Whether an answer was saved here that is not taken back yet."""
        return bool(self._saved)

    @property
    def last(self) -> tuple[ChecklistQuestion, Answer]:
        """What `undo` takes back: the question, and its answer as it was saved."""
        return self.question(self._saved[-1].question), self._saved[-1].saved

    def undo(self) -> Undone:
        """Restore the answer that was saved last to what it was before."""
        before = self._saved[-1]
        here = self.question(before.question)
        if here.answer is not None:
            answering.put(self.book, here.answer.sheet or "", here, before.values)
        self._saved.pop()
        self.not_ok = ""
        return Undone(here)

    def _put(self, here: ChecklistQuestion, values: Mapping[str, Any]) -> Answer:
        with self.book.saving():
            return answering.put(self.book, self.begun().id, here, values)

    def _remember(self, here: ChecklistQuestion, answer: Answer, *, typed: bool = False) -> Marked:
        before = {name: cast(Any, getattr(here.answer, name, None)) for name in FIELDS}
        self._saved.append(AnswerBefore(here.key, before, answer))
        marked = Marked(here, answer, typed)
        self.not_ok = here.key if marked.not_ok else ""
        return marked
