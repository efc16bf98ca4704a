"""Log file: the membership log in a file, for the operator of a hub that has lost entries.

It holds no secret beyond who the members are; every entry has an administrator's signature.
"""

from __future__ import annotations

import json
from pathlib import Path

from models.storage.atomic_file import write_whole
from models.text.os_errors import why
from models.text.strict_json import signed_reader
from models.text.words import Refused, W
from sync.organisation.join_files import CANNOT_READ
from sync.transport.http.hub_errors import HubError
from sync.transport.http.payloads import entries_heard, entry_told
from sync.trust.membership import Membership, replay
from sync.trust.membership_entry import MembershipEntry

IS = "sitebook membership log"
LIMIT = 256 << 20
PORTION = 10_000

NO_LOG = W(
    "{name} 不是完好的成员日志文件。请在一台电脑上重新生成：sitebook member log 文件。",
    "{name} is no sound file of a membership log. Make one anew on a device: sitebook member log"
    " FILE.",
)


def write(path: Path, log: Membership) -> None:
    """Write the whole log."""
    rows = [entry_told(one) for one in log.entries]
    write_whole(path, (json.dumps({"is": IS, "entries": rows}) + "\n").encode("ascii"))


def read(path: Path) -> list[MembershipEntry]:
    """The entries of a file, each checked from the founding on. Raises `Refused`."""
    try:
        with path.open("rb") as file:
            data = _decode(file.read(LIMIT).decode("ascii"))
        if not isinstance(data, dict) or data.get("is") != IS:
            raise ValueError("another file")
        rows = list(data["entries"])
        found = [
            one
            for at in range(0, len(rows), PORTION)
            for one in entries_heard(rows[at : at + PORTION])
        ]
    except OSError as error:
        raise Refused(CANNOT_READ, name=path.name, reason=why(error)) from error
    except (ValueError, KeyError, TypeError, RecursionError, HubError):
        raise Refused(NO_LOG, name=path.name) from None
    if not found:
        raise Refused(NO_LOG, name=path.name)
    replay(found)
    return found


_decode = signed_reader()
