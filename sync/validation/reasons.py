"""Reasons: why a change of somebody else's, or of one's own, is quarantined on every device."""

from __future__ import annotations

from models.book import permissions
from models.book.conflict import conflict_rules
from models.text.words import Refused, W

REVOKED = W(
    "{who} 的电脑已停用，这是停用位置之后写的。可以由审核人采纳。",
    "This device of {who} was revoked, and this was written after that. A reviewer can adopt it.",
)
LEFT = W(
    "{who} 已不在成员之中，这是离开之后交来的。",
    "{who} had left when this was submitted.",
)
ROLE_TAKEN = W(
    "{who} 办理它所凭的角色已被收回，而收回时它还没有送达。可以由审核人采纳。",
    "The role by which {who} did this was taken away before it had arrived."
    " A reviewer can adopt it.",
)
BEHIND = W(
    "它依据成员日志第 {said} 版，而写它时已知道第 {known} 版。",
    "It goes by version {said} of the members, though version {known} was known when it was"
    " written.",
)
MALFORMED = W(
    "改动的{part}不合规定的写法。请更新写出它的电脑上的程序。",
    "Its {part} is not in the agreed form. Update the program on the device that wrote it.",
)
HEADER = W("表头", "header")
MOVE = W("操作", "move")
ADOPTION = W("采纳", "adoption")
STATE = W("状态", "state")
VOID = W("作废", "void")
NOTHING = W("空", "nothing")
TORN = W(
    "它声称属于一个更早的操作，那个操作已经结束。",
    "It claims to be part of an earlier transaction that had ended.",
)
FOREIGN = W(
    "它的依据是另一条记录的版本。",
    "It names versions of another record as what it was based on.",
)
BASELESS = W(
    "它没有说明当时看到的“{field}”是哪个版本。",
    "It does not say which version of “{field}” it was written over.",
)
NO_DECISION = W(
    "它自称依据一个放行的决定；它指的那个版本并不放行。",
    "It claims a decision that lets it pass; the version that it names does not.",
)
NOT_PASSED = W(
    "它自称写下时已有记录通过；它指的那个版本并未通过。",
    "It claims that something was passed before it; the version that it names was not.",
)
NO_BIRTH = W(
    "它所修改的记录没有得到承认的新建。",
    "The record that it changes was never created in a way that counts.",
)
ELSEWHERE = W(
    "它写入的空间或类型与记录不符。",
    "It was written to another space, or as another type, than its record.",
)
AUTHOR = W(
    "它自称由别人填写；写它的电脑属于 {who}。",
    "It claims another author; the device that wrote it belongs to {who}.",
)
KEY = W(
    "编号与内容对不上：同样的{type}应有另一个 id。",
    "Its id does not fit its content: the same {type} has another one.",
)
TWICE = W(
    "这个 id 已属于另一条记录。",
    "Its id belongs to another record already.",
)
NOT_COMPILED = W(
    "它带来的“{field}”不合规定的写法，或不是这条记录的。",
    "The “{field}” that it brings is not in the agreed form, or not of this record.",
)
NO_ISSUE = W(
    "“{field}”只随签发保存，这一步不是签发。",
    "“{field}” is kept by the issue only, and this is none.",
)
NEWER_FORM = W(
    "它带来的“{field}”出自更新版本的程序。",
    "The “{field}” that it brings is of a newer version of the program.",
)
BARE_STATE = W(
    "它不经操作就改了状态“{state}”。",
    "It sets the state “{state}” without the move for it.",
)
BORN_LATE = W(
    "新建的{type}只能从“{first}”开始，不能是“{state}”。",
    "A new {type} begins as “{first}”, not as “{state}”.",
)
AT_BIRTH = W(
    "“{field}”在新建时就确定了，不能再改。",
    "“{field}” was settled when the record was created and cannot be changed.",
)
BY_MOVE = W(
    "“{field}”只能通过操作填写。",
    "“{field}” is filled by a move only.",
)
OTHER_RESULT = W(
    "“{move}”的结果是“{to}”，它写的却是“{state}”。",
    "“{move}” leads to “{to}”, but it says “{state}”.",
)
OTHER_FROM = W(
    "它说从“{said}”开始，所依据的版本却是“{state}”。",
    "It says that it began from “{said}”; the version that it names is “{state}”.",
)
NEWER_FROM = W(
    "它从本程序还不认识的状态“{said}”开始。请更新本机的程序。",
    "It began from the state “{said}”, which this program does not know. Update the program.",
)
NEWER_BASE = W(
    "它的依据出自更新版本的程序。请更新本机的程序。",
    "It builds on what a newer version of the program wrote. Update the program.",
)
NEWER_TABLE = W(
    "它按“{table}”第 {version} 版决定，本机还没有这一版。收到后自动生效。",
    "Version {version} of “{table}” decided it, which is not here yet. It counts once that is.",
)
NEWER_SHIPPED = W(
    "它按程序自带的“{table}”决定，但程序版本不同。请更新本机的程序。",
    "The “{table}” of another version of the program decided it. Update the program.",
)
OTHER_OUTCOME = W(
    "它写的“{field}”与“{table}”第 {version} 版的规则不符。",
    "Its “{field}” is not what version {version} of “{table}” says.",
)
UNDECIDED = W(
    "它没有说明“{field}”是按哪一版“{table}”、依据什么内容决定的。",
    "It does not say which version of “{table}” decided “{field}”, or from what.",
)
AHEAD = W(
    "它所说的成员版本 {said} 在封印的版本 {sealed} 之后。",
    "It names membership version {said}, later than the {sealed} of its seal.",
)
OTHER_ROLE = W(
    "{who} 当时并没有它所说的角色“{role}”。",
    "{who} did not hold the role “{role}” that it names.",
)
UNMARKED = W(
    "“{move}”是对自己提交的内容作出的，却没有注明没有第二个人。",
    "“{move}” decides on one's own submission without saying that there was no second person.",
)
UNSEEN = W(
    "“{move}”没有说明它针对的是哪些内容。",
    "“{move}” does not say which content it is about.",
)
LEFT_OUT = W(
    "“{move}”没有说明它针对“{field}”的哪个版本。",
    "“{move}” does not say which version of “{field}” it decides on.",
)
NOT_APART = W(
    "“{move}”没有如实说明谁不能由本人进行它。",
    "“{move}” does not rightly say who may not make it.",
)
OTHER_ROWS = W(
    "“{move}”时它自己列出的“{type}”不符合这一步的要求。",
    "The rows “{type}” that “{move}” itself names are not as it needs them.",
)
OTHER_SEEN = W(
    "“{move}”针对的是另一条记录的内容。",
    "“{move}” is about the content of another record.",
)
SAW_CONFLICT = W(
    "“{move}”同时针对“{field}”的两种说法；冲突没有解决。",
    "“{move}” is about two values of “{field}” at once: the conflict was not resolved.",
)
NO_COMMENT = W(
    "“{move}”没有写明理由。",
    "“{move}” gives no reason.",
)
NEEDED = W(
    "“{move}”需要“{field}”，它却没有或清空了它。",
    "“{move}” needs “{field}”, which it leaves out or clears.",
)
BARRED = W(
    "“{field}”是它所说的值时，不能“{move}”。",
    "“{move}” is not made with the value of “{field}” that it names.",
)
OUT_OF_TIME = W(
    "“{move}”是 {at} 进行的，而“{field}”是 {day}。",
    "“{move}” was made on {at}, out of the time that “{field}” gives: {day}.",
)
OTHER_VERDICT = W(
    "它写的“{field}”与“{move}”自己列出的“{type}”不符，应为“{right}”。",
    "Its “{field}” is not what the rows “{type}” make of it that “{move}” itself names: {right}.",
)
OTHER_FILL = W(
    "“{field}”由程序填写，应为 {right}。",
    "“{field}” is filled by the program and must be {right}.",
)
UNCAUSED = W(
    "“{move}”只随其他操作进行，而那个操作不在其中。",
    "“{move}” happens with another action only, and that one is missing.",
)
NO_CONFLICT = W(
    "它声称解决冲突，所依据的版本却没有不同的状态。",
    "It claims to resolve a conflict; the versions that it names do not differ.",
)
NO_REASON = W(
    "作废没有写明理由。",
    "It takes the record out of use without a reason.",
)
MIXED = W(
    "它把作废与其他修改混在一起。",
    "It mixes taking the record out of use with other changes.",
)
NOT_REVIEWER = W(
    "{who} 不能采纳被隔离的改动。需要：{roles}，并且不是自己的。",
    "{who} may not adopt quarantined changes. Needed: {roles}, and not one's own.",
)

FOR_WANT_OF_A_ROLE = frozenset(
    {permissions.NO_WRITE, permissions.NOT_FOR, permissions.NOT_NAMING, permissions.NO_ROLE}
)
"""The refusals of rights that a role would have prevented."""

OF_RIGHTS = {
    permissions.NO_WRITE: W(
        "{who} 当时没有可填写{type}的角色。需要：{roles}。",
        "{who} had no role that allows writing {type}. Needed: {roles}.",
    ),
    permissions.NOT_YOURS: W(
        "{type} {number} 只能由填写人修改，{who} 不是填写人。",
        "Only its author can change {type} {number}; {who} is not.",
    ),
    permissions.ADD_ONLY: W("{type}写下后不能修改。", "A {type} cannot be edited once written."),
    permissions.FROZEN: W(
        "{number} 当时已是“{state}”，不能修改。{way}",
        "{number} was “{state}” and could not be edited. {way}",
    ),
    permissions.VOIDED: W("{number} 当时已作废。", "{number} was void already."),
    permissions.WRONG_STATE: W(
        "“{move}”只能在“{from_}”状态下进行；{number} 当时是“{state}”。",
        "“{move}” is possible from “{from_}” only; {number} was “{state}”.",
    ),
    permissions.NO_ROLE: W(
        "{who} 当时没有“{move}”所需的角色：{roles}。",
        "{who} did not hold a role for “{move}”: {roles}.",
    ),
    permissions.FOUR_EYES: W(
        "“{move}”须由另一个人进行：内容由 {who} 填写或提交。可请：{others}。",
        "“{move}” must be made by somebody else: {who} wrote or submitted it. Ask: {others}.",
    ),
    conflict_rules.NOT_THERE: W(
        "{number} 的各个说法中没有“{state}”，而是：{known}。",
        "“{state}” was none of the states that stood for {number}: {known}.",
    ),
    permissions.LIVED: W(
        "{number} 已经办理过，导入只能给新建的记录一个状态。",
        "{number} had moved on; an import gives a state to new records only.",
    ),
    permissions.NOT_BACK: W(
        "{number} 已是“{state}”，导入不能把它退回“{to}”。",
        "{number} was “{state}”; an import cannot take it back to “{to}”.",
    ),
}
"""What the door here says to the person in front of it, said of somebody else."""


class Newer(Refused):
    """What only a newer version of the program can authorise: it is parked until then."""


def awaited(fault: Refused) -> tuple[str, str]:
    """What a change that is parked by a reason awaits, as `sync.log.parked` notes it."""
    return "judge", str(fault.values.get("awaits", ""))


def of(refused: Refused, who: str) -> Refused:
    """A refusal of `models.book.permissions` as a reason, naming the person it is about."""
    return Refused(OF_RIGHTS.get(refused.word, refused.word), who=who, **refused.values)
