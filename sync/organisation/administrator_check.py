"""Administrator check: whether this device may change the membership log now, and if not, why."""

from __future__ import annotations

from models.book import staff
from models.text.words import Refused, W, several
from sync.log import membership_store
from sync.organisation import administration, admission
from sync.trust import device_key
from sync.workspace.workspace import Workspace

NOT_ADMIN = W(
    "成员由管理员登记，这里只能查看。请找{who}。",
    "Members are kept by administrators; here you can only look. Ask {who}.",
)
NOT_ADMITTED = W(
    "本机还没有加入团队，只能查看。请管理员接入这台电脑。",
    "This device is not admitted; it can only look. Ask an administrator to admit it.",
)


def hindrance(workspace: Workspace) -> Refused | None:
    """Why not, or None. Nothing is asked of the hub."""
    me, who = workspace.people.me, device_key.read(workspace.home)
    if me is None or who is None:
        return Refused(NOT_ADMITTED)
    if not workspace.people.is_administrator(me):
        return Refused(NOT_ADMIN, who=several(staff.administrators(workspace.people)) or "-")
    if administration.kept_by_hub(workspace):
        return None
    log = membership_store.load(workspace.store.db)
    keeper = log.devices[admission.sequencer(log)]
    if keeper.key != who.public:
        return Refused(admission.ELSEWHERE, who=log.people[keeper.person].name, tag=keeper.tag)
    return None
