"""Members: people with their roles and devices; administrators change them here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult

from models.text.words import Refused, W, say
from sync.organisation import administrator_check
from sync.organisation.admission import ELSEWHERE
from tui.display.parts import TextPart
from tui.display.values import Values
from tui.pages.base import Page
from tui.pages.dialogs.confirm import Confirm
from tui.pages.dialogs.fields_dialog import FieldsDialog
from tui.pages.general import rights_page
from tui.pages.sync import member_tasks
from tui.pages.sync.member_list import MemberChoice, parts, rules, steering
from tui.widgets.app_context import Asked
from tui.widgets.commands import Command
from tui.widgets.document_view import DocumentView

TITLE = W("成员  {organisation}", "Members  {organisation}")
PRINT = W(
    "组织指纹 {print}：新电脑加入时须显示同样的指纹。",
    "Fingerprint of the organisation: {print}. A device that joins must show the same.",
)
NO_REQUEST = W("请先把光标移到请求上。", "Move the cursor to a request first.")
CONFIRM = W("确认", "Confirm")
DROP = W("撤回", "Drop")
NOBODY = W("请先把光标移到一位成员上。", "Move the cursor to a member first.")
NOTHING = W(
    "请先把光标移到角色、电脑或成员上。", "Move the cursor to a role, a device or a member."
)
WITHDRAWN = W("收回", "Remove")
STOP = W("停用", "Stop")
LEFT = W("已离开", "Has left")
YES = W("是", "Yes")
CHANGING = ("invite", "admit", "give", "take", "administrator", "confirm")
"""What only administrators do."""

COMMANDS = (
    Command(
        id="members.invite",
        word=W("邀请", "Invite"),
        help=W(
            "给新成员的电脑发一次性邀请码（需要同步服务器）",
            "a one-time invitation code of the hub",
        ),
        keys="n,insert,ctrl+n",
        action="invite",
        shown=11,
    ),
    Command(
        id="members.admit",
        word=W("接入", "Admit"),
        help=W("读一份加入请求文件，写出回复", "read a request file, write the reply file"),
        keys="a,f6",
        action="admit",
        shown=12,
    ),
    Command(
        id="members.give",
        word=W("授予角色", "Give role"),
        help=W("授予光标所在的成员一个角色", "give the member under the cursor a role"),
        keys="r,f2",
        action="give",
        shown=13,
    ),
    Command(
        id="members.administrator",
        word=W("管理员", "Administrator"),
        help=W("设为管理员，或取消", "make or remove an administrator"),
        keys="d,f4",
        action="administrator",
    ),
    Command(
        id="members.confirm",
        word=W("确认", "Confirm"),
        help=W(
            "作为第二位管理员确认光标所在的请求",
            "confirm the request under the cursor as the second administrator",
        ),
        keys="c,f7",
        action="confirm",
    ),
    Command(
        id="members.take",
        word=W("收回、停用", "Remove"),
        help=W(
            "收回角色、停用电脑、登记成员离开，或撤回自己的请求",
            "remove a role, stop a device, mark a member as having left, or drop one's own request",
        ),
        keys="x,f8",
        action="take",
        shown=14,
    ),
    rights_page.command("members", "t,ctrl+t"),
)


class MembersPage(Page):
    """Everybody; those who are no administrators only look, and are told why."""

    title_word = W("成员", "Members")
    commands: ClassVar = COMMANDS
    AUTO_FOCUS = "DocumentView"

    def __init__(self) -> None:
        super().__init__()
        self._why: Refused | None = None
        self._organisation = ""

    def heading(self) -> str:
        """The organisation."""
        return say(TITLE, organisation=self._organisation)

    def body(self) -> ComposeResult:
        """One leaf."""
        yield DocumentView(id="members")

    def look(self) -> None:
        """Read everybody again."""
        self._organisation, print = member_tasks.organisation(self.workspace)
        self._why = administrator_check.hindrance(self.workspace)
        found = parts(self.workspace, Values(self.workspace))
        found = [*steering(self.workspace, Values(self.workspace)), *found]
        if self._why is not None:
            found = [TextPart(str(self._why), style="warn"), TextPart(), *found]
        if print:
            found += [TextPart(), TextPart(say(PRINT, print=print), style="muted")]
            found += rules(self.workspace)
        self.query_one(DocumentView).look(found)

    def why_not(self, action: str) -> Refused | None:
        """Everything here but looking is for administrators."""
        if action == "confirm" and self._why is not None and self._why.word is ELSEWHERE:
            return None  # a second administrator signs where they are
        return self._why if action in CHANGING else None

    @on(DocumentView.Opened)
    def _opened(self, event: DocumentView.Opened) -> None:
        event.stop()
        action = {"request": "confirm", "person": "give"}.get(self._here().kind, "take")
        why = self.why_not(action)
        if why is not None:
            raise why
        getattr(self, f"action_{action}")()

    def _here(self) -> MemberChoice:
        return MemberChoice.read(self.query_one(DocumentView).current)

    def action_rights(self) -> None:
        """Who may do what."""
        self.app.push_screen(rights_page.RightsPage())

    # -- what administrators do ----------------------------------------------------------------

    def action_invite(self) -> None:
        """Ask whom, with what role, and show the code."""
        member_tasks.may_invite(self.workspace)
        self._ask("invite", member_tasks.INVITE, member_tasks.invite_fields(), member_tasks.invite)

    def action_admit(self) -> None:
        """Ask for the request, and write the reply."""
        self._ask("admit", member_tasks.ADMIT, member_tasks.admit_fields(), member_tasks.admit)

    def action_give(self) -> None:
        """Ask which role, where."""
        person = self._here().person(self.workspace)
        if person is None:
            raise Refused(NOBODY)
        title = say(member_tasks.GIVE, name=self.workspace.people.name(person))

        def give(app: Any, values: Any) -> None:
            member_tasks.give(app, person, values)

        self._ask("give", title, member_tasks.role_fields(needed=True), give)

    def action_administrator(self) -> None:
        """Ask, and make somebody an administrator, or no more."""
        person, app = self._here().person(self.workspace), self.site_app
        if person is None:
            raise Refused(NOBODY)

        def answered(yes: bool | None) -> None:
            if yes:
                member_tasks.turn(app, person)

        asked = member_tasks.turning(self.workspace, person)
        self.app.push_screen(Confirm(asked, YES), answered)

    def action_confirm(self) -> None:
        """Ask, and confirm what another administrator asked for."""
        here, app = self._here(), self.site_app
        if here.kind != "request":
            raise Refused(NO_REQUEST)

        def answered(yes: bool | None) -> None:
            if yes:
                member_tasks.confirm(app, int(here.id))

        asked = member_tasks.confirming(self.workspace, int(here.id))
        self.app.push_screen(Confirm(asked, CONFIRM), answered)

    def _ask(
        self, name: str, title: W | str, fields: Any, then: Callable[[Any, Any], None]
    ) -> None:
        asked = Asked(f"members.{name}", place="members", more=str(title) * (name == "give"))

        def answered(values: Any) -> None:
            if values is not None:
                then(self.site_app, values)

        self.app.push_screen(FieldsDialog(asked, title, fields), answered)

    def action_take(self) -> None:
        """Ask, and take away what the cursor is on."""
        here, app = self._here(), self.site_app
        question = member_tasks.question(self.workspace, here)
        if question is None:
            raise Refused(NOTHING)
        word = {"role": WITHDRAWN, "device": STOP, "request": DROP}.get(here.kind, LEFT)

        def answered(yes: bool | None) -> None:
            if yes:
                member_tasks.take(app, here)

        self.app.push_screen(Confirm(question, word), answered)
