"""Self-assessment: the same criteria in every summary, each with a score and what it rests on."""

from __future__ import annotations

from models.schema.company_tables import vocabulary
from models.schema.fields import choice, count, link, moment, person, prose
from models.schema.kind import Kind
from models.schema.lifecycle import Move, State
from models.schema.record import Record
from models.schema.roles import DEPARTMENT_MANAGER, PROJECT_MANAGER
from models.text.words import W

MOST = 5
"""The best score; the worst is 0."""
CRITERIA = (
    ("plan", "计划执行", "execution of the plan"),
    ("response", "响应与处理", "response and handling"),
    ("quality", "服务质量", "quality of service"),
    ("documents", "文档资料", "documents"),
    ("communication", "客户沟通", "communication with the customer"),
    ("team", "人员与协作", "people and cooperation"),
    ("security", "安全与规范", "security and conduct"),
)
vocabulary("self_criterion", "自我评价项", "Criteria of the self-assessment", CRITERIA)


def _rescore(id: str, label: W, from_: str, *, four_eyes: bool = False) -> Move:
    return Move(
        id=id,
        label=label,
        from_=(from_,),
        to="rescored",
        who=(DEPARTMENT_MANAGER,),
        needs=("review_score", "review_note"),
        asks=("review_score", "review_note"),
        fills={"rescored_at": "now", "rescored_by": "me"},
        four_eyes=four_eyes,
        about=("score",) if four_eyes else (),
    )


class SelfAssessment(Record):
    """One criterion of a project's self-assessment 自我评价. Clause: 6.1.

    The team scores it; the reviewer of the summary gives another score where they disagree.
    """

    kind = Kind(
        name="self_assessment",
        label=W("自我评价", "Self-assessment"),
        code="SE",
        row="Q-61b",
        clause="6.1",
        states=(
            State("own", W("自评", "own score")),
            State("rescored", W("审核人另评", "scored by the reviewer"), tone="warn"),
        ),
        moves=(
            _rescore("rescore", W("审核人另评", "Score as reviewer"), "own", four_eyes=True),
            _rescore("correct", W("更正另评", "Correct the reviewer's score"), "rescored"),
        ),
        title="criterion",
        columns=("criterion", "score", "basis", "evidence", "review_score", "review_note"),
        key=("summary", "criterion"),
        parent="summary",
        order="position",
        apart=True,
        writers=(PROJECT_MANAGER,),
        menu=0,
    )

    summary = link("项目总结", "Project summary", "project_summary", required=True, at_birth=True)
    position = count("序号", "Position", internal=True)
    criterion = choice(
        "评价项", "Criterion", CRITERIA, of="self_criterion", required=True, at_birth=True
    )
    score = count(
        "得分（0–5）", "Score (0–5)", low="0", high=str(MOST), hint=W("5 为最好", "5 is the best")
    )
    basis = prose("评分依据", "Basis")
    evidence = link("依据记录", "Evidence", "", hint=W("记录或附件的编号", "a record or file"))
    review_score = count("审核人评分", "Reviewer's score", low="0", high=str(MOST), by_move=True)
    review_note = prose("另评理由", "Reviewer's reason", by_move=True)
    rescored_at = moment("另评时间", "Scored by the reviewer at", by_move=True, computed=True)
    rescored_by = person("另评人", "Scored by", by_move=True, computed=True)

    @property
    def difference(self) -> int | None:
        """The reviewer's score less one's own; None where they did not differ."""
        if self.review_score is None or self.score is None:
            return None
        return self.review_score - self.score
