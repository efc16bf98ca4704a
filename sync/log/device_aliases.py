"""Device aliases: under which id the members know the key of a device that took a new one."""

from __future__ import annotations

from typing import Any

from sync.encoding.segment import DeviceAlias

PUT = "INSERT OR IGNORE INTO vouch(device, old, sig) VALUES(?,?,?)"


def keep(db: Any, device: str, vouch: DeviceAlias) -> None:
    """Keep a key's word, checked before (inside a transaction)."""
    db.execute(PUT, (device, *vouch))


def of(db: Any, device: str) -> DeviceAlias | None:
    """The word for a device; None for almost every one."""
    row = db.execute("SELECT old, sig FROM vouch WHERE device=?", (device,)).fetchone()
    return DeviceAlias(row[0], row[1]) if row is not None else None


def going_on(db: Any, device: str) -> list[str]:
    """The ids under which the key of a device goes on."""
    sql = "SELECT device FROM vouch WHERE old=? ORDER BY device"
    return [str(id) for (id,) in db.execute(sql, (device,))]
