"""`member administrator`, `two`, `requests`, `confirm`, `recovery` …: who changes the members."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from models.queries import lookup
from models.text.words import W, say
from sync.log import membership_store
from sync.organisation import administration, admission, recovery
from tui.cli import passphrase
from tui.cli.command_context import CommandContext, pass_desk
from tui.cli.options import argument, command, json_option, option, wrong
from tui.cli.streams import output
from tui.display.views.steering_text import request_text, use_text

if TYPE_CHECKING:
    from sync.workspace.workspace import Workspace

SEATED = W("{name} 现在是管理员。", "{name} is now an administrator.")
UNSEATED = W("{name} 不再是管理员。", "{name} is no longer an administrator.")
PAIR = W(
    "涉及管理员的更改须有两位管理员签名。",
    "What concerns administrators needs the signatures of two.",
)
SINGLE = W(
    "每项更改只需一位管理员签名。", "One administrator's signature is enough for every change."
)
ASKED = W(
    "这需要两位管理员签名：已提出第 {n} 号请求，请另一位管理员运行 sitebook member confirm {n}。",
    "This needs two administrators: request {n} was made. Another administrator runs sitebook"
    " member confirm {n}.",
)
NOTHING = W("没有等待确认的请求。", "No requests wait for confirmation.")
REQUEST = W("第 {n} 号：{what}", "{n}: {what}")
CONFIRMED = W("已确认：{what}", "Confirmed: {what}")
DROPPED = W("已撤回第 {n} 号请求。", "Request {n} was dropped.")
HAS_KEY = W(
    "已有恢复密钥（成员日志第 {n} 条）。", "There is a recovery key (entry {n} of the log)."
)
NO_KEY = W(
    "还没有恢复密钥。请生成一个并打印：sitebook member recovery --make。",
    "There is no recovery key. Make one and print it: sitebook member recovery --make.",
)
MADE = W(
    "“{organisation}”的恢复密钥（组织指纹 {print}）。只显示这一次，不存入任何文件：\n\n"
    "    {first}\n    {second}\n\n"
    "请抄写或打印两份，分开存放在上锁的地方。有了它，任何一台成员电脑都能成为管理员的电脑。\n"
    "核对抄写：sitebook member recovery --check",
    "Recovery key of “{organisation}” (fingerprint {print}). It is shown only now and kept in no"
    " file:\n\n    {first}\n    {second}\n\n"
    "Write or print it twice and lock both copies away in different places. With it any member's"
    " device can become an administrator's.\nTo check what was written: sitebook member recovery"
    " --check",
)
RIGHT = W("恢复密钥正确，现在有效。", "The recovery key is right and in force.")
TYPE = W("恢复密钥", "Recovery key")
RECOVERED = W(
    "{name} 现在是管理员。请生成新的恢复密钥：sitebook member recovery --make。",
    "{name} is now an administrator. Make a new recovery key: sitebook member recovery --make.",
)
STOPPED = W(
    "{names} 不再是管理员，其电脑已停用。",
    "No longer an administrator, all devices stopped: {names}.",
)
NO_HUB_NOW = W(
    "不再有同步服务器登记成员。请建立新的（sitebook hub init），并在本机使用它的首个邀请码。",
    "No hub keeps the members now. Set up a new one (sitebook hub init) and use its first code on"
    " this device.",
)
WHICH = W("--make 不能与 --check 同用。", "--make does not go together with --check.")
ON_OFF = W("请写 on 或 off。", "Say on or off.")


@command(
    "administrator",
    W(
        "让成员成为管理员，或用 --remove 取消。",
        "Make a member an administrator, or no longer with --remove.",
    ),
    examples=(W("member administrator 测试员乙", "member administrator 'Test Person'"),),
)
@argument("person", W("姓名、拼音首字母或 id", "name, initials or id"))
@option("--remove", is_flag=True, words=W("取消", "no longer"))
@pass_desk
def administrator(desk: CommandContext, person: str, remove: bool) -> None:
    """One administrator more, or fewer."""
    with desk.open() as workspace:
        who, before = lookup.person(workspace.book, person), numbers(workspace)
        phrase = passphrase.passphrase(workspace.home)
        administration.set_administrator(workspace, who, grant=not remove, passphrase=phrase)
        if not told_requests(workspace, before):
            output.put(say(UNSEATED if remove else SEATED, name=workspace.people.name(who)))


@command(
    "two",
    W(
        "显示涉及管理员的更改是否须有两位管理员签名；on 或 off 更改。",
        "Show whether what concerns administrators needs two signatures; on or off changes it.",
    ),
    examples=("member two", "member two on"),
)
@argument("state", W("on 或 off", "on or off"), required=False)
@pass_desk
def two(desk: CommandContext, state: str | None) -> None:
    """One signature, or two."""
    if state not in (None, "on", "off"):
        raise wrong(ON_OFF)
    with desk.open() as workspace:
        before = numbers(workspace)
        if state is not None:
            phrase = passphrase.passphrase(workspace.home)
            administration.set_pair(workspace, on=state == "on", passphrase=phrase)
        told_requests(workspace, before)
        output.put(str(PAIR if membership_store.steering(workspace.store.db).pair else SINGLE))


@command(
    "requests",
    W("列出等待另一位管理员确认的请求。", "List requests that wait for another administrator."),
)
@json_option
@pass_desk
def requests(desk: CommandContext, as_json: bool) -> None:
    """What waits for a second signature."""
    with desk.open() as workspace:
        found = membership_store.steering(workspace.store.db).requests
        for one in found:
            if as_json:
                output.emit({"n": one.n, "by": one.by, "kind": one.kind, **one.body})
            else:
                output.put(say(REQUEST, n=one.n, what=request_text(workspace.people, one)))
        if not found and not as_json:
            output.put(str(NOTHING))


@command(
    "confirm",
    W(
        "以第二位管理员的身份确认请求；--recovery 改用恢复密钥。",
        "Confirm a request as the second administrator; with --recovery by the recovery key.",
    ),
    examples=("member confirm 17", "member confirm 17 --recovery"),
)
@argument("number", W("请求的编号", "number of the request"), type=int)
@option("--recovery", "by_key", is_flag=True, words=W("用恢复密钥", "by the recovery key"))
@pass_desk
def confirm(desk: CommandContext, number: int, by_key: bool) -> None:
    """It is done."""
    with desk.open() as workspace:
        key = recovery.checked(workspace, typed()) if by_key else None
        phrase = passphrase.passphrase(workspace.home)
        known = {one.n: one for one in membership_store.steering(workspace.store.db).requests}
        one = known.get(number)
        what = request_text(workspace.people, one) if one is not None else str(number)
        administration.confirm(workspace, number, key, phrase)
        output.put(say(CONFIRMED, what=what))


@command("drop", W("撤回自己提出的请求。", "Drop a request that you made."))
@argument("number", W("请求的编号", "number of the request"), type=int)
@pass_desk
def drop(desk: CommandContext, number: int) -> None:
    """It is not wanted any more."""
    with desk.open() as workspace:
        administration.drop(workspace, number, passphrase.passphrase(workspace.home))
        output.put(say(DROPPED, n=number))


@command(
    "recovery",
    W(
        "显示有没有恢复密钥；--make 生成新的，--check 核对纸上的。",
        "Show whether there is a recovery key; --make makes a new one, --check compares the paper.",
    ),
    examples=("member recovery", "member recovery --make", "member recovery --check"),
)
@option("--make", is_flag=True, words=W("生成新的，旧的失效", "make a new one; the old one ends"))
@option("--check", is_flag=True, words=W("核对输入的密钥", "compare one that is typed"))
@pass_desk
def recovery_(desk: CommandContext, make: bool, check: bool) -> None:
    """The key on paper."""
    if make and check:
        raise wrong(WHICH)
    with desk.open() as workspace:
        if check:
            recovery.checked(workspace, typed())
            output.put(str(RIGHT))
            return
        if make:
            _make(workspace)
            return
        found = membership_store.steering(workspace.store.db)
        output.put(say(HAS_KEY, n=found.recovery) if found.recovery else str(NO_KEY))
        for use in found.used:
            output.put(use_text(workspace.people, use))


def _make(workspace: Workspace) -> None:
    before = numbers(workspace)
    made = recovery.make(workspace, passphrase.passphrase(workspace.home)).split("-")
    log = membership_store.load(workspace.store.db)
    half = len(made) // 2
    first, second = "-".join(made[:half]), "-".join(made[half:])
    print = admission.fingerprint(log)
    output.put(say(MADE, organisation=log.name, print=print, first=first, second=second))
    told_requests(workspace, before)


@command(
    "recover",
    W(
        "用恢复密钥让本机的成员成为管理员；--instead 写明要取消的管理员，其电脑停用。",
        "Make this device's member an administrator by the recovery key; --instead names those who"
        " are none any more and whose devices stop.",
    ),
    examples=("member recover --instead Ann", "member recover --hub-lost"),
)
@option("--instead", "instead", metavar="WHO", multiple=True,
        words=W("不再是管理员的人", "who is no administrator any more"))  # fmt: skip
@option("--hub-lost", is_flag=True, words=W(
    "同步服务器连同密钥已丢失：不再由它登记成员",
    "the hub is lost with its key: it keeps the members no more"))  # fmt: skip
@pass_desk
def recover(desk: CommandContext, instead: tuple[str, ...], hub_lost: bool) -> None:
    """An administrator again."""
    with desk.open() as workspace:
        gone = [lookup.person(workspace.book, one) for one in instead]
        phrase = passphrase.passphrase(workspace.home)
        recovery.use(workspace, typed(), gone, hub_lost=hub_lost, passphrase=phrase)
        people = workspace.people
        if gone:
            output.put(say(STOPPED, names=", ".join(map(people.name, gone))))
        if hub_lost:
            output.put(str(NO_HUB_NOW))
        output.put(say(RECOVERED, name=people.name(workspace.book.me)))


def typed() -> str:
    """The recovery key, from the terminal or a pipe; it is never named on the command line."""
    if sys.stdin.isatty():
        sys.stderr.write(f"{TYPE}: ")
        sys.stderr.flush()
    return sys.stdin.readline()


def numbers(workspace: Workspace) -> set[int]:
    """The requests that wait now."""
    return {one.n for one in membership_store.steering(workspace.store.db).requests}


def told_requests(workspace: Workspace, before: set[int]) -> bool:
    """Say which requests were made since; whether there are any."""
    new = sorted(numbers(workspace) - before)
    for n in new:
        output.put(say(ASKED, n=n))
    return bool(new)
