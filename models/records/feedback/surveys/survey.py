"""Satisfaction follow-ups 质量回访: one for each service period of a project that ends."""

from __future__ import annotations

from models.schema.company_tables import vocabulary
from models.schema.fields import choice, choices, count, day, flag, line, prose
from models.schema.kind import Kind
from models.schema.lifecycle import AtLeast, Move, Need, NoRow, State, with_reason
from models.schema.record import Record
from models.schema.roles import QUALITY, SERVICE_DESK
from models.text.words import W

METHODS = (
    ("random", "简单随机抽样", "simple random sample"),
    ("stratified", "分层随机抽样", "stratified random sample"),
    ("all", "全部回访", "everybody"),
)
CHANNELS = (
    ("phone", "电话回访", "phone"),
    ("questionnaire", "问卷调查", "questionnaire"),
    ("other", "其他方式", "other"),
)
OVERALL = "overall"
"""The code of the question that asks for a verdict on the whole."""
QUESTIONS = (
    ("understanding", "对需求的理解", "understanding"),
    ("conduct", "服务规范", "conduct and rules"),
    ("attitude", "服务态度", "attitude"),
    ("timeliness", "响应及时性", "timeliness"),
    ("skill", "技术能力", "technical ability"),
    ("result", "处理结果", "result of the work"),
    ("advice", "主动建议", "proactive advice"),
    ("documents", "文档资料", "documents"),
    ("communication", "沟通配合", "communication"),
    ("overall", "总体评价", "overall"),
)
vocabulary("survey_question", "回访问题", "Follow-up questions", QUESTIONS)
DAYS = 15
"""Working days after the end of the service period in which it is analysed."""
DESK = (SERVICE_DESK,)
CALLING = ("running", "returned")
"""The states in which answers are collected."""
ANALYSED = ("analysed", "reviewed", "filed")

_STATES = (
    State("planned", W("准备中", "planned"), tone="busy", waits=DESK),
    State("running", W("回访中", "collecting"), tone="busy", waits=DESK),
    State("returned", W("已退回", "returned"), tone="bad", returned=True, waits=DESK),
    State("analysed", W("待审核", "to review"), tone="warn", waits=(QUALITY,), reopen="take_back"),
    State(
        "reviewed",
        W("已审核，待备案", "reviewed, to file"),
        tone="good",
        waits=(QUALITY,),
        reopen="return",
    ),
    State("filed", W("已备案", "filed"), tone="good", frozen=True, ended=True),
)
_MOVES = (
    Move(
        id="draw",
        label=W("抽样", "Draw the sample"),
        from_=("planned",),
        to="running",
        who=DESK,
        needs=("method",),
        needs_when=(Need("size", when=("method", ("random", "stratified"))),),
        needs_rows=(AtLeast("survey_response", 1),),
        asks=("method", "size"),
    ),
    with_reason(
        "redraw",
        W("重新抽样", "Draw again"),
        ("running",),
        "running",
        DESK,
        asks=("method", "size", "comment"),
        needs=("method",),
        needs_when=(Need("size", when=("method", ("random", "stratified"))),),
    ),
    Move(
        id="analyse",
        label=W("提交分析", "Submit the analysis"),
        from_=CALLING,
        to="analysed",
        who=DESK,
        needs=("analysis",),
        needs_rows=(NoRow("survey_response", states=("drawn",)),),
        asks=("analysis",),
        binds=True,
    ),
    Move(
        id="take_back",
        label=W("撤回修改", "Take back"),
        from_=("analysed",),
        to="running",
        who=DESK,
    ),
    Move(
        id="review",
        label=W("审核通过", "Review"),
        from_=("analysed",),
        to="reviewed",
        who=(QUALITY,),
        asks=("comment",),
        four_eyes=True,
        apart_from=(("", "author"),),
    ),
    with_reason(
        "return",
        W("退回", "Return"),
        ("analysed", "reviewed"),
        "returned",
        (QUALITY,),
    ),
    Move(
        id="file",
        label=W("备案", "File"),
        from_=("reviewed",),
        to="filed",
        who=(QUALITY,),
        needs_rows=(NoRow("suggestion", states=("proposed",)),),
        asks=("comment",),
        binds=True,
    ),
)


class Survey(Record):
    """The follow-up of a service period: whom to ask, how, the answers, the analysis. Clause: 5.2.

    The service desk draws, asks and analyses; quality reviews and files. When it is filed its data
    is kept with it (`models.records.feedback.surveys.content`).
    """

    kind = Kind(
        name="survey",
        label=W("质量回访", "Satisfaction follow-up"),
        code="SU",
        row="Q-52a, Q-52b",
        clause="5.2",
        states=_STATES,
        moves=_MOVES,
        title="subject",
        columns=("subject", "service_to", "method", "size", "due"),
        key=("project", "service_to"),
        writers=(SERVICE_DESK, QUALITY),
        due="due",
        compiled="content",
        menu=45,
    )

    subject = line(
        "名称", "Name", hint=W("空着就是项目名和服务期结束日", "project and end of period if empty")
    )
    service_to = day(
        "服务期结束",
        "Service period ended",
        required=True,
        at_birth=True,
        hint=W("空着就是项目的服务期结束日", "that of the project if empty"),
    )
    service_from = day("服务期开始", "Service period began")
    due = day("要求完成日期", "Due")
    channels = choices("回访方式", "Ways to ask", CHANNELS)
    double_entry = flag(
        "问卷须复录",
        "Questionnaires typed twice",
        hint=W("由第二个人再录一遍，不一致的列出", "by a second person; differences are listed"),
    )
    script = prose("话术与说明", "What is said")
    method = choice("抽样方法", "Sampling", METHODS)
    size = count("样本数", "Sample size", low="1")
    seed = line("抽样种子", "Seed", computed=True, by_move=True, group="sample")
    population = count("总体数", "Population", computed=True, by_move=True, group="sample")
    frame = prose("抽样总体", "Frame", computed=True, internal=True, by_move=True, group="sample")
    question_version = count("问题版本", "Version of the questions", computed=True, by_move=True)
    analysis = prose(
        "统计分析与结论",
        "Analysis",
        asked_from="running",
        hint=W("服务台的判断；数字由程序计算", "the desk's own view; figures are calculated"),
    )
    content = prose("备案内容", "Content as filed", computed=True, internal=True, by_move=True)
