"""Nonsense: whatever a member's device signs and sends, the hub answers and changes nothing wrong.

Bodies of every kind, also honest ones bent a little, to every way, over a real connection. What
the hub cannot read is the sender's fault (4xx), never its own (5xx).
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sync.hub.routes import WAYS
from sync.transport.http.signed_request import framed
from tests.sync.hub.devices import Asker, Organisation
from tests.sync.hub.running import Running

SIGNED = sorted((one.method, one.path) for one in WAYS.values() if one.signed)
NAMES = sorted({name for one in WAYS.values() for name in one.query})
steady = settings(
    derandomize=True,
    database=None,
    deadline=None,
    max_examples=250,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40)
plain = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner),
    max_leaves=12,
)
values = st.sampled_from(
    ["p:one", "company", "p:else", "0", "-1", "1", "9" * 18, "9" * 40, "", "a" * 64, "../x", "\0"]
) | st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@st.composite
def bodies(draw: st.DrawFn, honest: bytes) -> bytes:
    """Anything; a JSON value; frames of anything; an honest request with some bytes other."""
    kind = draw(st.integers(0, 3))
    if kind == 0:
        return draw(st.binary(max_size=400))
    if kind == 1:
        return json.dumps(draw(plain)).encode()
    if kind == 2:
        return framed(draw(st.lists(st.binary(max_size=80), max_size=4)))
    bent = bytearray(honest)
    for place in draw(st.lists(st.integers(0, len(bent) - 1), min_size=1, max_size=4)):
        bent[place] ^= draw(st.integers(1, 255))
    return bytes(bent[: draw(st.integers(1, len(bent)))])


queries = st.dictionaries(st.sampled_from(NAMES) | st.text(max_size=8), values, max_size=4)


def test_whatever_is_signed_is_answered(
    hub: Running, organisation: Organisation, asker: Asker
) -> None:
    device = organisation.devices[0]
    honest = framed([device.wrote(5)])
    t = hub.house.base.t
    before = t.Segment.select().count(), t.Member.select().count()

    @steady
    @given(st.data())
    def meet(data: Any) -> None:
        method, path = data.draw(st.sampled_from(SIGNED))
        asked = data.draw(queries)
        query = "&".join(f"{quote(name)}={quote(value)}" for name, value in asked.items())
        reply = asker(method, path, data.draw(bodies(honest)), query=query)
        assert reply.status_code < 500, (method, path, reply.status_code, reply.text)

    meet()
    assert (t.Segment.select().count(), t.Member.select().count()) == before
    assert asker.bring(device.space, device.wrote(1)).status_code == 200
