"""Steering: a value; each change gives another."""

from __future__ import annotations

from sync.trust.steering.steering import Invitation, PendingRequest, Steering


def test_what_is_used_or_decided_is_gone_from_the_new_one_only() -> None:
    one = Invitation("i", "d0", "", "客", (), 1)
    asked = PendingRequest(7, "d0", "two", {"on": False})
    now = Steering(invitations={"i": one}, requests={7: asked})
    assert (now.without("i").invitations, now.decided(7).requests) == ({}, {})
    assert now.without("x") == now.decided(1) == now
    assert Steering() == Steering(hub=None, pair=False, recovery=None)
