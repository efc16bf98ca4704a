"""Answers to the questions of a quarterly check, with their evidence."""

from __future__ import annotations

from models.schema.company_tables import vocabulary
from models.schema.fields import choice, count, link, prose
from models.schema.kind import Kind
from models.schema.lifecycle import Move, State
from models.schema.record import Record
from models.schema.roles import PROJECT_MANAGER
from models.text.words import W

QUESTIONS = (
    ("documents", "技术文档是否按时提交", "technical documents submitted in time"),
    ("cases", "案例总结、技术文档是否规范", "case summaries and documents conform"),
    ("faults", "重大故障是否分析、总结", "major faults analysed and summarised"),
    ("spares", "是否定期备件评估分析", "spare parts evaluated"),
    ("accounts", "是否定期帐号管理检查", "account management checked"),
    ("security", "是否定期通信安全操作抽查", "communication security spot-checked"),
)
vocabulary("quarter_question", "季度检查问题", "Questions of the quarterly check", QUESTIONS)
ANSWERS = ("yes", "no", "na")
_MANAGER = (PROJECT_MANAGER,)


def _answer(name: str, word: W, *, needs: tuple[str, ...], asks: tuple[str, ...]) -> Move:
    others = tuple(state for state in ("open", *ANSWERS) if state != name)
    return Move(id=name, label=word, from_=others, to=name, who=_MANAGER, needs=needs, asks=asks)


class QuarterlyAnswer(Record):
    """One question of a quarterly check. Clause: 5.1.2."""

    kind = Kind(
        name="quarterly_answer",
        label=W("季度检查问题", "Question of the quarter"),
        code="QA",
        row="Q-512",
        clause="5.1.2",
        states=(
            State("open", W("待回答", "open"), tone="warn"),
            State("no", W("否", "no"), tone="bad"),  # shown while another says yes
            State("na", W("不适用", "n/a")),
            State("yes", W("是", "yes"), tone="good"),
        ),
        moves=(
            _answer("yes", W("是", "Yes"), needs=("evidence",), asks=("evidence", "basis")),
            _answer("no", W("否", "No"), needs=("finding",), asks=("finding",)),
            _answer("na", W("不适用", "N/a"), needs=("basis",), asks=("basis",)),
        ),
        title="question",
        columns=("question", "evidence", "basis", "finding"),
        key=("check", "question"),
        parent="check",
        order="position",
        writers=_MANAGER,
        menu=0,
    )

    check = link("定期质量检查", "Quarterly check", "quarterly_check", required=True, at_birth=True)
    position = count("序号", "Position", internal=True)
    question = choice(
        "问题", "Question", QUESTIONS, of="quarter_question", required=True, at_birth=True
    )
    evidence = link("依据", "Evidence", "", hint=W("证明“是”的记录或附件", "what proves “yes”"))
    basis = prose("说明", "Explanation")
    finding = prose("发现的问题", "Finding")
