"""Those whom a follow-up may ask: the population, the sample drawn from it, what came of each."""

from __future__ import annotations

from models.records.feedback.surveys.survey import CHANNELS, DESK
from models.schema.fields import choice, line, link, moment, person, prose
from models.schema.kind import Kind
from models.schema.lifecycle import AtLeast, Move, State, with_reason
from models.schema.record import Record
from models.schema.roles import QUALITY, SERVICE_DESK
from models.text.words import W

CONSENTS = (
    ("yes", "同意记录并引用", "may be recorded and quoted"),
    ("record", "同意记录，不引用", "may be recorded, not quoted"),
    ("no", "不同意记录姓名", "no name to be recorded"),
)
RENEWALS = (("yes", "愿意", "yes"), ("unsure", "未定", "not decided"), ("no", "不愿意", "no"))
OPEN = ("drawn", "unreachable", "declined")
_STATES = (
    State("listed", W("备选", "listed")),
    State("off_sample", W("不在样本中", "outside the sample"), tone="warn", derived=True),
    State("drawn", W("待回访", "to ask"), tone="busy"),
    State("answered", W("已答复", "answered"), tone="good"),
    State("unreachable", W("联系不上", "not reached"), tone="warn"),
    State("declined", W("不愿答复", "declined"), tone="warn"),
    State("replaced", W("已替换", "replaced"), ended=True),
)
_MOVES = (
    Move(
        id="take",
        label=W("列入样本", "Into the sample"),
        from_=("listed",),
        to="drawn",
        who=DESK,
    ),
    Move(
        id="release",
        label=W("移出样本", "Out of the sample"),
        from_=("drawn",),
        to="listed",
        who=DESK,
    ),
    Move(
        id="answer",
        label=W("登记答复", "Answered"),
        from_=("listed", *OPEN),
        to="answered",
        who=DESK,
        needs=("channel", "answered_by", "consent"),
        asks=("channel", "answered_by", "consent", "praise", "complaint", "wish", "renewal"),
        fills={"answered_at": "now?", "asked_by": "me?"},
    ),
    with_reason(
        "give_up",
        W("联系不上", "Not reached"),
        ("drawn",),
        "unreachable",
        DESK,
        needs_rows=(AtLeast("survey_attempt", 1),),
    ),
    with_reason("decline", W("不愿答复", "Declined"), ("drawn",), "declined", DESK),
    with_reason(
        "replace",
        W("替换", "Replace"),
        ("unreachable", "declined"),
        "replaced",
        DESK,
    ),
    with_reason(
        "reopen",
        W("重新回访", "Ask again"),
        ("answered", "unreachable", "declined"),
        "drawn",
        DESK,
    ),
)


class SurveyResponse(Record):
    """One person of the customer's, whether drawn or not, with their answers. Clause: 5.2."""

    kind = Kind(
        name="survey_response",
        label=W("回访对象", "Person to ask"),
        code="RS",
        row="Q-52a",
        clause="5.2",
        states=_STATES,
        moves=_MOVES,
        title="name",
        columns=("name", "unit", "stratum", "channel", "answered_by"),
        parent="survey",
        writers=(SERVICE_DESK, QUALITY),
        menu=0,
    )

    survey = link("质量回访", "Follow-up", "survey", required=True, at_birth=True)
    name = line("姓名", "Name", required=True)
    unit = line("单位部门", "Unit")
    post = line("职务", "Post")
    phone = line("电话", "Phone", max=60)
    mail = line("邮箱", "E-mail", max=120)
    stratum = line("分层", "Stratum", max=40, hint=W("如部门、班组", "such as the section"))
    channel = choice("回访方式", "Asked by way of", CHANNELS)
    answered_by = line("答复人", "Answered by", asked_from="drawn")
    consent = choice("是否同意", "Consent", CONSENTS, asked_from="drawn")
    recording = line("录音编号", "Recording", asked_from="drawn")
    praise = prose("表扬", "Praise", asked_from="drawn")
    complaint = prose("不满之处", "What displeased", asked_from="drawn")
    wish = prose("建议", "Wishes", asked_from="drawn")
    renewal = choice("是否愿意续约", "Would renew", RENEWALS, asked_from="drawn")
    answered_at = moment("答复时间", "Answered at", by_move=True, computed=True)
    asked_by = person("回访人", "Asked by (us)", by_move=True, computed=True)
