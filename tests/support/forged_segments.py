"""A forge: what hostile, stolen or broken devices may hand over, each with what must become of it.

`FORGERIES` is a table of kinds. Each makes, for a `Scene` at work, the blobs to be delivered after
the scene's own segments, and says what every receiver must do with them, be it the hub, a peer, a
folder or a bundle: refuse the segment, wait, see a fork, or quarantine single changes while the
honest ones beside them count. Entries of the membership log are forged likewise.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from msgpack import packb, unpackb  # type: ignore[import-untyped]

from models.book import permissions
from models.book.approval import passage
from models.book.conflict import conflict_rules
from models.schema import natural_keys
from models.schema.record import kinds
from models.text.words import W
from sync.changes.change import TEXT, Change, Dot, chain, genesis
from sync.changes.compatibility import ADOPT
from sync.encoding import decode_error
from sync.encoding.compression import LIMIT, expand, squeeze
from sync.encoding.segment import DeviceAlias, Segment, encode, make
from sync.trust import entry_rules, seal
from sync.trust import membership as log
from sync.trust import membership_entry as entries
from sync.trust.device_key import DeviceKey, new_id
from sync.trust.membership_entry import EntryStatement, MembershipEntry
from sync.trust.steering import member_kinds
from sync.validation import reasons, verify
from tests.support import issued_weeks
from tests.support.scene import Scene, fresh_key

Fate = Literal["refused", "waits", "forked", "quarantined", "taken"]


@dataclass
class Forged:
    """What is handed over, and what must become of it."""

    blobs: list[bytes]
    """Delivered in this order; the fate is that of the last one."""
    fate: Fate
    why: W | None = None
    """The word of the reason."""
    bad: list[int] = field(default_factory=list)
    """Sequences to be quarantined of the last blob; all others of it count."""
    aside: list[int] = field(default_factory=list)
    """Sequences of a second history that a book lists as set aside."""
    entries: list[MembershipEntry] = field(default_factory=list)
    """Instead of blobs: entries of the membership log, to be refused."""


Maker = Callable[["Pen"], Forged]
FORGERIES: dict[str, Maker] = {}


def forgery(make: Maker) -> Maker:
    """Enter a kind in the table, under the function's name."""
    FORGERIES[make.__name__.replace("_", " ")] = make
    return make


class Pen:
    """A device of the scene in hostile hands: it writes what the book would never write."""

    def __init__(self, scene: Scene, who: str = "eng", space: str | None = None) -> None:
        self.scene = scene
        self.actor = scene.actors[who]
        self.space = space or scene.space
        self.seq, self.prev = scene.tips.get(
            (self.space, self.actor.device), (0, genesis(self.space, self.actor.device))
        )
        self.hash = self.prev
        self.at = max(c.at for c, _ in scene.changes()) + (1 << 24)
        self.bodies: list[bytes] = []
        self.dots: dict[str, list[Dot]] = {}
        self.bad: list[int] = []

    def other(self, who: str, space: str | None = None) -> Pen:
        """Another device of the scene in the same hands."""
        return Pen(self.scene, who, space)

    # -- writing ---------------------------------------------------------------------------------

    def write(self, type: str, record: str, fields: Mapping[str, Any], **more: Any) -> Dot:
        """One change, honest or not, after those before it."""
        self.seq, self.at = self.seq + 1, self.at + (1 << 20)
        header = more.pop("header", None)
        base = more.pop("base", None)
        if base is None:
            base = {} if header else self.seen(record, *fields)
        one = Change(
            self.space, self.actor.device, self.seq, self.at, type, record,
            more.pop("tx", self.seq), fields, base, header, more.pop("move", None),
        )  # fmt: skip
        return self.put(replace(one, **more).canonical())

    def put(self, body: bytes) -> Dot:
        """A change as bytes, whatever they are."""
        self.bodies.append(body)
        self.hash = chain(self.hash, body)
        return self.actor.device, self.seq

    def forge(self, type: str, record: str, fields: Mapping[str, Any], **more: Any) -> Dot:
        """A change that must be quarantined."""
        dot = self.write(type, record, fields, **more)
        self.bad.append(self.seq)
        return dot

    def seen(self, record: str, *registers: str) -> dict[str, list[Dot]]:
        """The base of a form that was opened on the scene as it is: what stands there."""
        book = self.scene.workspace.book
        found = book.get(record)
        return book.writer.base_of(("state", *registers), found.dots)

    def header(self, **more: Any) -> dict[str, Any]:
        """The header of a new record of this person's."""
        plain = {
            "ref": None, "number": "FX-2026-Z-0001", "project": self.scene.project,
            "occurred": 1_795_000_000_000, "recorded": self.at >> 16, "author": self.actor.person,
        }  # fmt: skip
        return {**plain, **more}

    def new(self, type: str = "fix", **more: Any) -> str:
        """An honest new record; returns its id."""
        id = more.pop("id", None) or new_id()
        first = kinds[type].kind.states[0].name
        fields = {"state": first, "phenomenon": "旁边诚实的一条", **more.pop("fields", {})}
        self.write(type, id, fields, header=self.header(**more))
        return id

    def move(self, id: str, to: str, role: str = "engineer", **more: Any) -> dict[str, Any]:
        """A move's payload."""
        plain = {"move": id, "to": to, "role": role, "members": self.scene.membership.version}
        return {"from": "open", **plain, **more}

    # -- sealing ---------------------------------------------------------------------------------

    def segment(self, key: DeviceKey | None = None, **more: Any) -> Segment:
        """What was written, under a right seal unless another key or version is given."""
        made = make(
            key or self.actor.key, self.bodies, prev=self.prev,
            organisation=more.pop("organisation", self.scene.organisation),
            members=more.pop("members", self.scene.membership.version),
        )  # fmt: skip
        return replace(made, **more)

    def done(self, fate: Fate, why: W | None = None, segment: Segment | None = None) -> Forged:
        """The outcome, an honest record written before and after what is forged."""
        blob = encode(segment or self.segment())
        return Forged([blob], fate, why, self.bad if fate == "quarantined" else [])

    def quarantined(self, why: W) -> Forged:
        """Sealed rightly, with an honest change after the forged ones."""
        self.new()
        return self.done("quarantined", why)


def begun(pen: Pen) -> Pen:
    """The pen after one honest change."""
    pen.new()
    return pen


def record(pen: Pen, name: str) -> str:
    """The id of a record that the scene prepared."""
    return pen.scene.ids[name]


# -- envelopes and seals -----------------------------------------------------------------------


@forgery
def a_flipped_byte_inside(pen: Pen) -> Forged:
    segment = begun(pen).segment()
    raw = bytearray(expand(segment.packed))
    raw[raw.index("旁边".encode()) + 2] ^= 1
    return pen.done("refused", verify.ALTERED, replace(segment, packed=squeeze(bytes(raw))))


@forgery
def a_flipped_byte_of_the_signature(pen: Pen) -> Forged:
    segment = begun(pen).segment()
    wrong = bytes([segment.signature[0] ^ 1]) + segment.signature[1:]
    return pen.done("refused", verify.FORGED, replace(segment, signature=wrong))


@forgery
def a_device_that_nobody_knows(pen: Pen) -> Forged:
    pen.actor = replace(pen.actor, key=fresh_key())
    pen.prev = pen.hash = genesis(pen.space, pen.actor.device)
    pen.seq = 0
    return begun(pen).done("refused", verify.STRANGER)


@forgery
def another_members_key(pen: Pen) -> Forged:
    segment = begun(pen).segment(pen.scene.actors["mate"].key)
    return pen.done("refused", verify.FORGED, segment)


@forgery
def an_unknown_key_under_a_known_device(pen: Pen) -> Forged:
    stolen = replace(fresh_key(), id=pen.actor.device)
    return pen.done("refused", verify.FORGED, begun(pen).segment(stolen))


@forgery
def a_new_device_id_vouched_for_by_nobody(pen: Pen) -> Forged:
    return _vouched(pen, fresh_key())


@forgery
def a_new_device_id_vouched_for_by_another_member(pen: Pen) -> Forged:
    return _vouched(pen, pen.scene.actors["boss"].key)


def _vouched(pen: Pen, by: DeviceKey) -> Forged:
    """Written as a new id, claiming to go on for the engineer's admitted device."""
    old, fresh = pen.actor.device, fresh_key()
    pen.actor = replace(pen.actor, key=fresh)
    pen.prev, pen.seq = genesis(pen.space, fresh.id), 0
    word = seal.vouch(by, pen.scene.organisation, old, fresh.id)
    segment = begun(pen).segment(vouch=DeviceAlias(old, word))
    return pen.done("refused", verify.STRANGER, segment)


@forgery
def a_gap_in_the_sequence(pen: Pen) -> Forged:
    begun(pen)
    pen.prev, pen.bodies = pen.hash, []
    return begun(pen).done("waits")


@forgery
def another_history_from_an_earlier_change_on(pen: Pen) -> Forged:
    """The last sealed segment of this device again, with other content."""
    mine = [s for s in pen.scene.sealed if (s.space, s.device) == (pen.space, pen.actor.device)]
    pen.prev = pen.hash = mine[-1].prev
    pen.seq = mine[-1].first - 1
    return begun(pen).done("forked")


@forgery
def a_previous_hash_of_its_own(pen: Pen) -> Forged:
    pen.prev = pen.hash = bytes(32)
    return begun(pen).done("forked", verify.FORKED)


@forgery
def a_chain_that_begins_anew(pen: Pen) -> Forged:
    pen.prev = pen.hash = bytes(32)
    pen.seq = 0
    return begun(pen).done("refused", verify.ALTERED)


@forgery
def a_sequence_beyond_all_numbers(pen: Pen) -> Forged:
    segment = begun(pen).segment()
    over = replace(segment, first=1 << 63, last=1 << 63)
    return Forged([_encoded(over)], "refused", decode_error.MALFORMED)


@forgery
def another_organisation(pen: Pen) -> Forged:
    segment = begun(pen).segment(organisation=new_id())
    return pen.done("refused", verify.OTHER_TEAM, segment)


@forgery
def another_organisation_under_our_name(pen: Pen) -> Forged:
    segment = begun(pen).segment(organisation=new_id())
    ours = replace(segment, organisation=pen.scene.organisation)
    return pen.done("refused", verify.FORGED, ours)


@forgery
def a_membership_version_still_to_come(pen: Pen) -> Forged:
    later = pen.scene.membership.version + 1
    return pen.done("waits", segment=begun(pen).segment(members=later))


@forgery
def moved_to_another_space(pen: Pen) -> Forged:
    segment = begun(pen).segment()
    return pen.done("refused", verify.FORGED, replace(segment, space="company"))


@forgery
def one_change_more_than_sealed(pen: Pen) -> Forged:
    segment = begun(pen).segment()
    longer = begun(pen).segment()
    both = replace(segment, packed=longer.packed, last=longer.last)
    return pen.done("refused", verify.FORGED, both)


@forgery
def one_change_fewer_than_declared(pen: Pen) -> Forged:
    shorter = begun(pen).segment()
    segment = begun(pen).segment()
    fewer = replace(segment, packed=shorter.packed)
    return pen.done("refused", decode_error.MALFORMED, fewer)


# -- bytes -------------------------------------------------------------------------------------


def _encoded(segment: Segment) -> bytes:
    """The envelope with parts that `encode` itself would not mind."""
    return encode(segment)


def _repacked(pen: Pen, turn: Callable[[list[Any]], None], why: W) -> Forged:
    segment = begun(pen).segment()
    parts = unpackb(expand(segment.packed))
    turn(parts)
    return pen.done("refused", why, replace(segment, packed=squeeze(packb(parts))))


def _put(parts: list[Any], value: object) -> None:
    place = parts.index("旁边诚实的一条")
    parts[place] = value


@forgery
def repeated_keys(pen: Pen) -> Forged:
    def turn(parts: list[Any]) -> None:
        parts[3][1] = parts[3][1].replace('"phenomenon":0', '"phenomenon":0,"phenomenon":0')

    return _repacked(pen, turn, decode_error.MALFORMED)


@forgery
def a_number_with_a_point(pen: Pen) -> Forged:
    return _repacked(pen, lambda parts: _put(parts, 23.5), decode_error.MALFORMED)


@forgery
def not_a_number(pen: Pen) -> Forged:
    return _repacked(pen, lambda parts: _put(parts, float("nan")), decode_error.MALFORMED)


@forgery
def a_text_with_nul(pen: Pen) -> Forged:
    return _repacked(pen, lambda parts: _put(parts, "a\0b"), decode_error.MALFORMED)


@forgery
def a_text_too_long(pen: Pen) -> Forged:
    return _repacked(pen, lambda parts: _put(parts, "x" * (TEXT + 1)), decode_error.MALFORMED)


@forgery
def something_after_the_end(pen: Pen) -> Forged:
    segment = begun(pen).segment()
    return Forged([encode(segment) + b"\0"], "refused", decode_error.MALFORMED)


@forgery
def a_bomb(pen: Pen) -> Forged:
    segment = begun(pen).segment()
    packed = squeeze(bytes(LIMIT))
    lie = packed[:1] + (100).to_bytes(3) + packed[4:]
    return pen.done("refused", decode_error.MALFORMED, replace(segment, packed=lie))


@forgery
def a_clock_in_the_year_9999(pen: Pen) -> Forged:
    segment = begun(pen).segment()
    parts = unpackb(expand(segment.packed))
    parts[6] = 253_402_300_799_000
    packed = squeeze(packb(parts))
    return pen.done("refused", decode_error.MALFORMED, replace(segment, packed=packed))


@forgery
def a_clock_in_the_year_2099(pen: Pen) -> Forged:
    """No forgery: a wrong clock is shown to people and changes no right (sync case 31)."""
    pen.at = 4_086_000_000_000 << 16
    return begun(pen).done("taken")


@forgery
def a_role_in_a_field(pen: Pen) -> Forged:
    """No power, so no harm: kept like any unknown field."""
    pen.new(fields={"role": "department_manager", "approved_by": pen.actor.person})
    return pen.done("taken")


# -- creations ---------------------------------------------------------------------------------


def _forged_birth(pen: Pen, why: W, type: str = "fix", **more: Any) -> Forged:
    begun(pen)
    first = kinds[type].kind.states[0].name
    fields = {"state": first, **more.pop("fields", {})}
    id = more.pop("id", None) or new_id()
    header = pen.header(**more.pop("header", {}))
    pen.forge(type, id, fields, header=header, **more)
    return pen.quarantined(why)


@forgery
def created_in_anothers_name(pen: Pen) -> Forged:
    author = {"author": pen.scene.actors["boss"].person}
    return _forged_birth(pen, reasons.AUTHOR, header=author)


@forgery
def created_by_somebody_without_a_role(pen: Pen) -> Forged:
    guest = pen.other("guest")
    guest.forge("fix", new_id(), {"state": "open"}, header=guest.header())
    return guest.done("quarantined", reasons.OF_RIGHTS[permissions.NO_WRITE])


@forgery
def created_closed(pen: Pen) -> Forged:
    return _forged_birth(pen, reasons.BORN_LATE, fields={"state": "closed"})


@forgery
def created_without_a_state(pen: Pen) -> Forged:
    begun(pen).forge("fix", new_id(), {"phenomenon": "x"}, header=pen.header())
    return pen.quarantined(reasons.BORN_LATE)


@forgery
def created_verified_by_somebody(pen: Pen) -> Forged:
    return _forged_birth(pen, reasons.BY_MOVE, fields={"verify_result": "conforms"})


@forgery
def created_with_half_a_header(pen: Pen) -> Forged:
    return _forged_birth(pen, reasons.MALFORMED, header={"number": 7})


@forgery
def created_outside_of_all_time(pen: Pen) -> Forged:
    return _forged_birth(pen, reasons.MALFORMED, header={"occurred": 1 << 60})


@forgery
def created_before_all_time(pen: Pen) -> Forged:
    return _forged_birth(pen, reasons.MALFORMED, header={"recorded": -(1 << 62)})


@forgery
def created_under_a_number_without_end(pen: Pen) -> Forged:
    return _forged_birth(pen, reasons.MALFORMED, header={"number": "9" * 201})


@forgery
def created_under_a_ref_without_end(pen: Pen) -> Forged:
    return _forged_birth(pen, reasons.MALFORMED, header={"ref": "r" * 201})


@forgery
def created_under_what_is_no_id(pen: Pen) -> Forged:
    return _forged_birth(pen, reasons.MALFORMED, id="../柜子")


@forgery
def created_in_another_project(pen: Pen) -> Forged:
    return _forged_birth(pen, reasons.ELSEWHERE, header={"project": new_id()})


@forgery
def created_in_another_space(pen: Pen) -> Forged:
    company = pen.other("eng", "company")
    company.forge("fix", new_id(), {"state": "open"}, header=company.header())
    return company.done("quarantined", reasons.ELSEWHERE)


@forgery
def a_natural_key_under_another_id(pen: Pen) -> Forged:
    fields = {"template": new_id(), "day": "2026-11-23", "round": 1}
    return _forged_birth(pen, reasons.KEY, "sheet", fields=fields)


@forgery
def another_type_under_a_known_id(pen: Pen) -> Forged:
    id = record(pen, "fixed")
    late = {"recorded": 4_000_000_000_000}
    return _forged_birth(pen, reasons.TWICE, "escalation", id=id, header=late)


# -- edits -------------------------------------------------------------------------------------


def _forged_edit(pen: Pen, name: str, fields: Mapping[str, Any], why: W, **more: Any) -> Forged:
    id = record(pen, name)
    type = pen.scene.workspace.book.get(id).type
    begun(pen).forge(type, id, fields, **more)
    return pen.quarantined(why)


@forgery
def an_edit_of_a_closed_record(pen: Pen) -> Forged:
    return _forged_edit(pen, "closed", {"cause": "改口"}, reasons.OF_RIGHTS[permissions.FROZEN])


@forgery
def an_edit_that_names_no_state(pen: Pen) -> Forged:
    id = record(pen, "closed")
    base = {"cause": pen.seen(id, "cause")["cause"]}
    return _forged_edit(pen, "closed", {"cause": "改口"}, reasons.BASELESS, base=base)


@forgery
def an_edit_over_nothing(pen: Pen) -> Forged:
    return _forged_edit(pen, "open", {"cause": "x"}, reasons.BASELESS, base={})


@forgery
def an_edit_over_another_record(pen: Pen) -> Forged:
    base = pen.seen(record(pen, "fixed"), "cause")
    return _forged_edit(pen, "open", {"cause": "x"}, reasons.FOREIGN, base=base)


@forgery
def a_field_over_nothing(pen: Pen) -> Forged:
    base = {"state": pen.seen(record(pen, "open"))["state"], "cause": []}
    return _forged_edit(pen, "open", {"cause": "x"}, reasons.BASELESS, base=base)


@forgery
def a_field_over_another_record(pen: Pen) -> Forged:
    base = pen.seen(record(pen, "open")) | {"cause": pen.seen(record(pen, "fixed"))["state"]}
    return _forged_edit(pen, "open", {"cause": "x"}, reasons.FOREIGN, base=base)


@forgery
def an_edit_of_anothers_weekly(pen: Pen) -> Forged:
    why = reasons.OF_RIGHTS[permissions.NOT_YOURS]
    return _forged_edit(pen, "draft of mate", {"progress": "x"}, why)


@forgery
def an_edit_of_a_note(pen: Pen) -> Forged:
    return _forged_edit(pen, "note", {"text": "x"}, reasons.OF_RIGHTS[permissions.ADD_ONLY])


@forgery
def an_edit_without_a_role(pen: Pen) -> Forged:
    guest = pen.other("guest")
    guest.forge("fix", record(pen, "open"), {"cause": "x"})
    return guest.done("quarantined", reasons.OF_RIGHTS[permissions.NO_WRITE])


@forgery
def an_edit_as_another_type(pen: Pen) -> Forged:
    id = record(pen, "open")
    begun(pen).forge("escalation", id, {"cause": "x"}, base=pen.seen(id, "cause"))
    return pen.quarantined(reasons.ELSEWHERE)


@forgery
def an_edit_from_another_space(pen: Pen) -> Forged:
    """The versions it names are those of a site, in the numbers of the company's space."""
    company = pen.other("eng", "company")
    base = company.seen(record(pen, "site"), "name")
    base = {"cause": base["name"], "state": base["state"]}
    company.forge("fix", record(pen, "open"), {"cause": "x"}, base=base)
    return company.done("quarantined", reasons.FOREIGN)


@forgery
def verified_by_an_edit(pen: Pen) -> Forged:
    return _forged_edit(pen, "fixed", {"verify_result": "conforms"}, reasons.BY_MOVE)


@forgery
def a_concession_turned_to_another_milestone(pen: Pen) -> Forged:
    """What it holds would slip away without anybody's decision."""
    id, header = new_id(), pen.header(number="CN-2026-Z-0001")
    fields = {"state": "draft", "requirement": "x", "milestone": new_id()}
    born = begun(pen).write("concession", id, fields, header=header)
    base = {"milestone": [born], "state": [born]}
    pen.forge("concession", id, {"milestone": new_id()}, base=base)
    return pen.quarantined(reasons.AT_BIRTH)


def _gate(pen: Pen, **fields: Any) -> tuple[Pen, str, Dot, str, Dot]:
    """A lead with a milestone and a concession over it: the pen, and id and version of each."""
    lead = begun(pen.other("lead"))
    milestone, concession = new_id(), new_id()
    planned = lead.write(
        "milestone", milestone, {"state": "planned", "name": "初验"},
        header=lead.header(number="MS-2026-Z-0001"),
    )  # fmt: skip
    born = lead.write(
        "concession", concession, {"state": "draft", "milestone": milestone, **fields},
        header=lead.header(number="CN-2026-Z-0001"),
    )  # fmt: skip
    return lead, milestone, planned, concession, born


def _done(lead: Pen, milestone: str, planned: Dot, by: dict[str, list[Dot]]) -> Forged:
    """The milestone marked as done by decisions that let nothing pass."""
    versions = {id: frozenset(dots) for id, dots in by.items()}
    move = lead.move("done", "done", "project_manager", **{"from": "planned"})
    move |= passage.payload("2026-11-24", versions, {})
    lead.forge("milestone", milestone, {"state": "done"}, base={"state": [planned]}, move=move)
    return lead.quarantined(reasons.NO_DECISION)


@forgery
def done_by_a_concession_that_nobody_decided(pen: Pen) -> Forged:
    lead, milestone, planned, concession, born = _gate(pen)
    return _done(lead, milestone, planned, {concession: [born]})


@forgery
def done_by_a_decision_of_another_record(pen: Pen) -> Forged:
    """A problem that was verified, under the name of the concession."""
    lead, milestone, planned, concession, _ = _gate(pen)
    solved = pen.scene.last(record(pen, "verified"))
    return _done(lead, milestone, planned, {concession: [solved.dot]})


@forgery
def done_by_a_problem_that_is_open(pen: Pen) -> Forged:
    lead, milestone, planned, _, _ = _gate(pen)
    opened = pen.scene.changes()
    first = next(one for one, _ in opened if one.record == record(pen, "open"))
    return _done(lead, milestone, planned, {record(pen, "open"): [first.dot]})


@forgery
def done_by_a_decision_still_to_come(pen: Pen) -> Forged:
    lead, milestone, planned, concession, _ = _gate(pen)
    mate = pen.scene.actors["mate"].device
    move = lead.move("done", "done", "project_manager", **{"from": "planned"})
    move |= passage.payload("2026-11-24", {concession: frozenset([(mate, 10_000)])}, {})
    lead.write("milestone", milestone, {"state": "done"}, base={"state": [planned]}, move=move)
    return lead.done("waits")


def _listed(pen: Pen, type: str, number: str) -> Forged:
    """A holder which claims that a planned milestone was done before it."""
    lead, milestone, planned, _, _ = _gate(pen)
    fields = {"state": kinds[type].kind.states[0].name, "milestone": milestone}
    fields["passed_before"] = str(passage.seen_text({milestone: frozenset([planned])}))
    lead.forge(type, new_id(), fields, header=lead.header(number=number))
    return lead.quarantined(reasons.NOT_PASSED)


@forgery
def a_concession_that_lists_what_was_not_done(pen: Pen) -> Forged:
    return _listed(pen, "concession", "CN-2026-Z-0002")


@forgery
def a_problem_that_lists_what_was_not_done(pen: Pen) -> Forged:
    return _listed(pen, "fix", "FX-2026-Z-0009")


@forgery
def a_concession_turned_to_a_solved_problem(pen: Pen) -> Forged:
    """It would end by the solution of something else."""
    lead, _, _, concession, born = _gate(pen)
    base = {"fix": [born], "state": [born]}
    lead.forge("concession", concession, {"fix": record(pen, "verified")}, base=base)
    return lead.quarantined(reasons.AT_BIRTH)


@forgery
def a_problem_that_names_its_delivery_no_more(pen: Pen) -> Forged:
    id = new_id()
    fields = {"state": "open", "phenomenon": "x", "delivery": new_id()}
    born = begun(pen).write("fix", id, fields, header=pen.header())
    pen.forge("fix", id, {"delivery": None}, base={"delivery": [born], "state": [born]})
    return pen.quarantined(reasons.AT_BIRTH)


@forgery
def a_withdrawal_confirmed_by_its_asker(pen: Pen) -> Forged:
    """The mark 'no second person' does not serve either."""
    lead, _, _, concession, born = _gate(pen)
    role = "project_manager"
    asked = lead.move("withdraw", "withdrawing", role, **{"from": "draft", "comment": "误填"})
    fields = {"state": "withdrawing", "withdrawal": "error"}
    base = {"state": [born], "withdrawal": [born]}
    waits = lead.write("concession", concession, fields, base=base, move=asked)
    sure = lead.move("confirm_withdrawal", "withdrawn", role, **{"from": "withdrawing"})
    sure |= {"alone": True, "saw": {"withdrawal": [waits]}}
    base = {"state": [waits]}
    lead.forge("concession", concession, {"state": "withdrawn"}, base=base, move=sure)
    return lead.quarantined(reasons.OF_RIGHTS[permissions.FOUR_EYES])


@forgery
def a_withdrawal_in_one_step(pen: Pen) -> Forged:
    lead, _, _, concession, born = _gate(pen)
    move = lead.move("withdraw", "withdrawn", "project_manager", **{"from": "draft"})
    move |= {"comment": "误填"}
    base = {"state": [born], "withdrawal": [born]}
    fields = {"state": "withdrawn", "withdrawal": "error"}
    lead.forge("concession", concession, fields, base=base, move=move)
    return lead.quarantined(reasons.OTHER_RESULT)


@forgery
def a_bare_state(pen: Pen) -> Forged:
    return _forged_edit(pen, "open", {"state": "closed"}, reasons.BARE_STATE)


@forgery
def an_edit_of_a_record_created_by_forgery(pen: Pen) -> Forged:
    id = new_id()
    boss = pen.scene.actors["boss"].person
    born = begun(pen).forge("fix", id, {"state": "open"}, header=pen.header(author=boss))
    pen.forge("fix", id, {"cause": "x"}, base={"cause": [born], "state": [born]})
    pen.new()
    return Forged([encode(pen.segment())], "quarantined", None, pen.bad)


@forgery
def the_week_of_somebody_else(pen: Pen) -> Forged:
    """An engineer begins a colleague's week, and with it would hold their place."""
    person = pen.scene.actors["mate"].person
    values = {"week": "2026-W46", "person": person}
    key = natural_keys.key_id(kinds["weekly"].kind, pen.space, pen.scene.project, "", values)
    begun(pen).forge("weekly", key, {"state": "draft", **values}, header=pen.header(number="WK-1"))
    return pen.quarantined(reasons.OF_RIGHTS.get(permissions.NOT_FOR, permissions.NOT_FOR))


# -- voids -------------------------------------------------------------------------------------


@forgery
def anothers_weekly_taken_out_of_use(pen: Pen) -> Forged:
    return _forged_edit(
        pen, "draft of mate", {"void": "x"}, reasons.OF_RIGHTS[permissions.NOT_YOURS]
    )


@forgery
def taken_out_of_use_without_a_role(pen: Pen) -> Forged:
    guest = pen.other("guest")
    guest.forge("fix", record(pen, "open"), {"void": "x"})
    return guest.done("quarantined", reasons.OF_RIGHTS[permissions.NO_WRITE])


@forgery
def taken_out_of_use_without_a_reason(pen: Pen) -> Forged:
    return _forged_edit(pen, "open", {"void": " "}, reasons.NO_REASON)


@forgery
def taken_out_of_use_twice(pen: Pen) -> Forged:
    return _forged_edit(pen, "void", {"void": "x"}, reasons.OF_RIGHTS[permissions.VOIDED])


@forgery
def taken_out_of_use_with_other_changes(pen: Pen) -> Forged:
    return _forged_edit(pen, "open", {"void": "x", "cause": "y"}, reasons.MIXED)


@forgery
def a_closed_record_taken_out_of_use(pen: Pen) -> Forged:
    """What refuses edits refuses that: it is reopened first."""
    return _forged_edit(pen, "closed", {"void": "x"}, reasons.OF_RIGHTS[permissions.FROZEN])


@forgery
def brought_back_without_a_role(pen: Pen) -> Forged:
    guest = pen.other("guest")
    guest.forge("fix", record(pen, "void"), {"void": None})
    return guest.done("quarantined", reasons.OF_RIGHTS[permissions.NO_WRITE])


# -- moves -------------------------------------------------------------------------------------


def _forged_move(
    pen: Pen, name: str, move: Mapping[str, Any], why: W, who: str = "eng", **fields: Any
) -> Forged:
    id = record(pen, name)
    found = pen.scene.workspace.book.get(id)
    pen = begun(pen.other(who))
    payload = pen.move(**{"from_": found.state, **move})
    payload["from"] = payload.pop("from_")
    pen.forge(found.type, id, {"state": payload["to"], **fields}, move=payload)
    return pen.quarantined(why)


def _saw(pen: Pen, name: str) -> dict[str, list[list[Any]]]:
    id = record(pen, name)
    registers = kinds[pen.scene.workspace.book.get(id).type].registers()
    seen = pen.seen(id, *registers)
    return {register: [list(dot) for dot in dots] for register, dots in seen.items()}


@forgery
def accepted_without_the_role(pen: Pen) -> Forged:
    move = {"id": "accept", "to": "accepted"}
    return _forged_move(pen, "reported", move, reasons.OF_RIGHTS[permissions.NO_ROLE])


@forgery
def a_role_that_one_does_not_hold(pen: Pen) -> Forged:
    move = {"id": "fix", "to": "fixed", "role": "quality"}
    return _forged_move(pen, "open", move, reasons.OTHER_ROLE)


@forgery
def the_authors_role_by_somebody_else(pen: Pen) -> Forged:
    move = {"id": "submit", "to": "submitted", "role": "author"}
    return _forged_move(pen, "draft of mate", move, reasons.OF_RIGHTS[permissions.NO_ROLE])


@forgery
def approved_by_the_submitter(pen: Pen) -> Forged:
    move = {"id": "approve", "to": "approved", "role": "department_manager"}
    move["saw"] = _saw(pen, "drafted by boss")  # type: ignore[assignment]
    why = reasons.OF_RIGHTS[permissions.FOUR_EYES]
    return _forged_move(pen, "drafted by boss", move, why, "boss")


@forgery
def approved_by_the_submitter_as_if_alone(pen: Pen) -> Forged:
    move: dict[str, Any] = {"id": "approve", "to": "approved", "role": "department_manager"}
    move |= {"saw": _saw(pen, "drafted by boss"), "alone": True}
    why = reasons.OF_RIGHTS[permissions.FOUR_EYES]
    return _forged_move(pen, "drafted by boss", move, why, "boss")


@forgery
def approved_by_the_writer_after_a_straw_man(pen: Pen) -> Forged:
    """The manager wrote the solution, somebody else submitted it."""
    move: dict[str, Any] = {"id": "approve", "to": "approved", "role": "department_manager"}
    move["saw"] = _saw(pen, "written by boss")
    why = reasons.OF_RIGHTS[permissions.FOUR_EYES]
    return _forged_move(pen, "written by boss", move, why, "boss")


@forgery
def approved_with_a_solution_of_ones_own(pen: Pen) -> Forged:
    """The approval itself puts another solution in the place of the one that was submitted."""
    move: dict[str, Any] = {"id": "approve", "to": "approved", "role": "department_manager"}
    move |= {"saw": _saw(pen, "drafted by mate"), "alone": True}
    why = reasons.OF_RIGHTS[permissions.FOUR_EYES]
    return _forged_move(pen, "drafted by mate", move, why, "boss", solution="我的方案")


@forgery
def approved_without_naming_the_solution(pen: Pen) -> Forged:
    move: dict[str, Any] = {"id": "approve", "to": "approved", "role": "department_manager"}
    saw = _saw(pen, "written by boss")
    move["saw"] = {name: dots for name, dots in saw.items() if name != "solution"}
    return _forged_move(pen, "written by boss", move, reasons.LEFT_OUT, "boss")


@forgery
def approved_unseen(pen: Pen) -> Forged:
    move = {"id": "approve", "to": "approved", "role": "department_manager"}
    return _forged_move(pen, "drafted by mate", move, reasons.UNSEEN, "boss")


@forgery
def an_approval_of_another_record(pen: Pen) -> Forged:
    move: dict[str, Any] = {"id": "approve", "to": "approved", "role": "department_manager"}
    move["saw"] = _saw(pen, "drafted by boss")
    return _forged_move(pen, "drafted by mate", move, reasons.OTHER_SEEN, "boss")


@forgery
def an_approval_of_two_values_at_once(pen: Pen) -> Forged:
    """The conflict between two solutions was not resolved before it was approved."""
    id, boss = record(pen, "drafted by mate"), begun(pen.other("boss"))
    other = boss.write("escalation", id, {"phenomenon": "又一种说法"})
    rival = boss.write("escalation", id, {"phenomenon": "另一种说法"})
    move = boss.move("approve", "approved", "department_manager") | {"from": "drafted"}
    move["saw"] = {"phenomenon": [list(other), list(rival)]}
    boss.forge("escalation", id, {"state": "approved"}, move=move)
    return boss.quarantined(reasons.SAW_CONFLICT)


@forgery
def an_approval_of_rows_of_something_else(pen: Pen) -> Forged:
    """It says that a row shows a version which is one of another record."""
    boss, other = begun(pen.other("boss")), record(pen, "open")
    dots = boss.seen(other, "phenomenon")["phenomenon"]
    move = boss.move("approve", "approved", "department_manager") | {"from": "drafted"}
    move["saw"] = _saw(pen, "drafted by mate")
    move["rows"] = {"by": [dots[0][0]], "ids": [record(pen, "reported")], "at": [dots[0][1]]}
    boss.forge("escalation", record(pen, "drafted by mate"), {"state": "approved"}, move=move)
    return boss.quarantined(reasons.OTHER_SEEN)


@forgery
def a_confirmation_without_the_role(pen: Pen) -> Forged:
    id, boss = record(pen, "drafted by mate"), begun(pen.other("boss"))
    saw = _saw(pen, "drafted by mate")
    move = boss.move("approve", "approved", "department_manager") | {"from": "drafted", "saw": saw}
    approved = boss.write("escalation", id, {"state": "approved"}, move=move)
    eng = begun(pen.other("eng"))
    move = eng.move("confirm_again", "approved") | {"from": "approved", "saw": saw}
    eng.forge("escalation", id, {"state": "approved"}, base={"state": [approved]}, move=move)
    why = reasons.OF_RIGHTS[permissions.NO_ROLE]
    honest, forged = boss.segment(), eng.quarantined(why)
    return replace(forged, blobs=[encode(honest), *forged.blobs])


@forgery
def a_confirmation_of_ones_own_words(pen: Pen) -> Forged:
    """The approver changed the solution, then confirms what they wrote themselves."""
    id, founder = record(pen, "drafted by mate"), begun(pen.other("founder"))
    saw = _saw(pen, "drafted by mate")
    move = founder.move("approve", "approved", "department_manager") | {"from": "drafted"}
    approved = founder.write("escalation", id, {"state": "approved"}, move=move | {"saw": saw})
    boss = begun(pen.other("boss"))
    late = boss.write("escalation", id, {"solution": "我的方案"})
    move = boss.move("confirm_again", "approved", "department_manager") | {"from": "approved"}
    move["saw"] = saw | {"solution": [list(late)]}
    boss.forge("escalation", id, {"state": "approved"}, base={"state": [approved]}, move=move)
    honest, forged = founder.segment(), boss.quarantined(reasons.OF_RIGHTS[permissions.FOUR_EYES])
    return replace(forged, blobs=[encode(honest), *forged.blobs])


@forgery
def a_confirmation_of_nothing(pen: Pen) -> Forged:
    move: dict[str, Any] = {"id": "confirm_again", "to": "open", "saw": _saw(pen, "open")}
    return _forged_move(pen, "open", move, conflict_rules.NOTHING_BINDS)


@forgery
def a_confirmation_that_changes_something(pen: Pen) -> Forged:
    move: dict[str, Any] = {"id": "confirm_again", "to": "open", "saw": _saw(pen, "open")}
    return _forged_move(pen, "open", move, reasons.MIXED, phenomenon="别的")


@forgery
def another_decision_than_the_move(pen: Pen) -> Forged:
    id = record(pen, "reported")
    boss = begun(pen.other("boss"))
    move = boss.move("accept", "accepted", "department_manager") | {"from": "reported"}
    boss.forge("escalation", id, {"state": "returned"}, move=move)
    return boss.quarantined(reasons.OTHER_RESULT)


@forgery
def a_move_that_leads_elsewhere(pen: Pen) -> Forged:
    return _forged_move(pen, "open", {"id": "fix", "to": "closed"}, reasons.OTHER_RESULT)


@forgery
def a_jump_over_states(pen: Pen) -> Forged:
    move = {"id": "close", "to": "closed"}
    return _forged_move(pen, "open", move, reasons.OF_RIGHTS[permissions.WRONG_STATE])


@forgery
def a_state_that_was_not_seen(pen: Pen) -> Forged:
    move = {"id": "close", "to": "closed", "from_": "verified"}
    return _forged_move(pen, "open", move, reasons.OTHER_FROM)


@forgery
def a_state_of_another_record(pen: Pen) -> Forged:
    other = pen.seen(record(pen, "verified"))
    id = record(pen, "open")
    move = pen.move("close", "closed") | {"from": "verified"}
    begun(pen).forge("fix", id, {"state": "closed"}, move=move, base=other)
    return pen.quarantined(reasons.FOREIGN)


@forgery
def a_state_that_nobody_declares(pen: Pen) -> Forged:
    move = {"id": "close", "to": "closed", "from_": "nearly"}
    return _forged_move(pen, "open", move, reasons.NEWER_FROM)


@forgery
def a_move_without_its_reason(pen: Pen) -> Forged:
    move = {"id": "fail", "to": "open"}
    return _forged_move(pen, "fixed", move, reasons.NO_COMMENT)


@forgery
def a_move_that_empties_what_it_needs(pen: Pen) -> Forged:
    move = {"id": "fix", "to": "fixed"}
    return _forged_move(pen, "open", move, reasons.NEEDED, correction=None)


@forgery
def verified_in_anothers_name(pen: Pen) -> Forged:
    boss = pen.scene.actors["boss"].person
    move = {"id": "verify", "to": "verified"}
    return _forged_move(pen, "fixed", move, reasons.OTHER_FILL, verified_by=boss)


@forgery
def verified_with_another_result(pen: Pen) -> Forged:
    move = {"id": "verify", "to": "verified"}
    return _forged_move(pen, "fixed", move, reasons.OTHER_FILL, verify_result="fails")


@forgery
def a_membership_version_after_the_seals(pen: Pen) -> Forged:
    version = pen.scene.membership.version
    id = record(pen, "open")
    begun(pen).forge("fix", id, {"state": "fixed"}, move=pen.move("fix", "fixed"))
    pen.new()
    return pen.done("quarantined", reasons.AHEAD, pen.segment(members=version - 1))


@forgery
def a_move_of_rules_without_its_cause(pen: Pen) -> Forged:
    return _forged_move(pen, "escalated", {"id": "resolve", "to": "closed"}, reasons.UNCAUSED)


@forgery
def a_move_of_rules_after_a_forged_cause(pen: Pen) -> Forged:
    """The engineer accepts his own escalation's closing, and with it that of the fix."""
    fix, up = record(pen, "escalated"), record(pen, "its escalation")
    close = begun(pen).move("close", "closed") | {"from": "reported"}
    pen.forge("escalation", up, {"state": "closed"}, move=close)
    tx = pen.seq
    back = pen.move("resolve", "closed") | {"from": "escalated"}
    pen.forge("fix", fix, {"state": "closed"}, move=back, tx=tx)
    pen.new()
    return Forged([encode(pen.segment())], "quarantined", None, pen.bad)


@forgery
def an_import_of_what_has_moved_on(pen: Pen) -> Forged:
    move = {"id": "import", "to": "closed", "comment": "old.xlsx"}
    return _forged_move(pen, "fixed", move, reasons.OF_RIGHTS[permissions.LIVED])


@forgery
def an_import_of_anothers_record(pen: Pen) -> Forged:
    move = {"id": "import", "to": "closed"}
    return _forged_move(pen, "open of mate", move, reasons.OF_RIGHTS[permissions.NOT_YOURS])


@forgery
def an_import_without_the_role(pen: Pen) -> Forged:
    move = {"id": "import", "to": "accepted"}
    return _forged_move(pen, "reported", move, reasons.OF_RIGHTS[permissions.NO_ROLE])


@forgery
def a_move_into_an_older_transaction(pen: Pen) -> Forged:
    """It claims to be part of the record's creation, and an import then builds on that."""
    id = begun(pen).new()
    born = pen.actor.device, pen.seq
    pen.new()
    first = encode(pen.segment())
    pen.prev, pen.bodies = pen.hash, []
    base = {"state": [born], "correction": [born]}
    fields = {"state": "fixed", "correction": "x"}
    move = pen.move("fix", "fixed")
    over = pen.forge("fix", id, fields, base=base, move=move, tx=born[1])
    payload = pen.move("import", "closed") | {"from": "fixed"}
    pen.forge("fix", id, {"state": "closed"}, base={"state": [over]}, move=payload)
    pen.new()
    return Forged([first, encode(pen.segment())], "quarantined", None, pen.bad)


@forgery
def a_payload_of_the_wrong_form(pen: Pen) -> Forged:
    move = {"id": "fix", "to": "fixed", "members": True}
    return _forged_move(pen, "open", move, reasons.MALFORMED)


# -- adoption, revocation ----------------------------------------------------------------------


@forgery
def adopted_by_its_own_author(pen: Pen) -> Forged:
    id = record(pen, "closed")
    edit = begun(pen).forge("fix", id, {"cause": "改口"})
    pen.forge("fix", id, {ADOPT: True}, base={ADOPT: [edit]})
    pen.new()
    return Forged([encode(pen.segment())], "quarantined", None, pen.bad)


@forgery
def work_after_its_revocation(pen: Pen) -> Forged:
    """Back-dated, under a seal that names an early membership version."""
    gone = pen.other("gone")
    gone.at = 1_700_000_000_000 << 16
    gone.forge("fix", new_id(), {"state": "open"}, header=gone.header())
    early = pen.scene.membership.version - 1
    return gone.done("quarantined", reasons.REVOKED, gone.segment(members=early))


@forgery
def another_history_of_a_revoked_device(pen: Pen) -> Forged:
    """As long as the one that its revocation names, under a seal from before."""
    gone, early = pen.other("gone"), pen.scene.before_taking
    gone.seq, gone.prev = 0, genesis(gone.space, gone.actor.device)
    gone.hash = gone.prev
    gone.new()
    return replace(gone.done("forked", None, gone.segment(members=early)), aside=[1])


@forgery
def work_of_somebody_who_had_left(pen: Pen) -> Forged:
    left = pen.other("left")
    left.forge("fix", new_id(), {"state": "open"}, header=left.header())
    return left.done("quarantined", reasons.LEFT)


# -- roles in time -----------------------------------------------------------------------------


def _taken_up(pen: Pen, who: Pen, members: int) -> None:
    """A department manager's decision that names a membership version."""
    move = who.move("accept", "accepted", "department_manager", members=members)
    fields = {"state": "accepted", "due": "2026-12-31", "group_lead": who.actor.person}
    move["from"] = "reported"
    who.forge("escalation", record(pen, "reported"), fields, move=move)


@forgery
def a_decision_by_a_role_that_was_taken(pen: Pen) -> Forged:
    """It names the version before; the device knows better."""
    former = begun(pen.other("former"))
    _taken_up(pen, former, pen.scene.before_taking)
    return former.quarantined(reasons.ROLE_TAKEN)


@forgery
def a_decision_by_a_role_that_was_taken_under_an_early_seal(pen: Pen) -> Forged:
    """So does an honest device that was away: alike, and a reviewer may adopt it."""
    former, early = begun(pen.other("former")), pen.scene.before_taking
    _taken_up(pen, former, early)
    former.new()
    return former.done("quarantined", reasons.ROLE_TAKEN, former.segment(members=early))


@forgery
def a_decision_in_another_history_than_the_taking_of_the_role_names(pen: Pen) -> Forged:
    """It comes before the position, by its sequence, and its seal is as early as may be."""
    double, early = pen.other("double"), pen.scene.before_taking
    _taken_up(pen, double, early)
    return double.done("quarantined", reasons.ROLE_TAKEN, double.segment(members=early))


@forgery
def a_decision_from_before_a_role_was_given_again(pen: Pen) -> Forged:
    again = begun(pen.other("again"))
    _taken_up(pen, again, pen.scene.before_taking)
    return again.quarantined(reasons.ROLE_TAKEN)


@forgery
def a_record_of_somebody_without_a_role_left(pen: Pen) -> Forged:
    dropped, early = pen.other("dropped"), pen.scene.before_taking
    fields = {"state": "open", "phenomenon": "x"}
    dropped.forge("fix", new_id(), fields, header=dropped.header())
    return dropped.done("quarantined", reasons.ROLE_TAKEN, dropped.segment(members=early))


@forgery
def adopted_by_a_reviewer_of_old(pen: Pen) -> Forged:
    id, early = record(pen, "closed"), pen.scene.before_taking
    former = begun(pen.other("former"))
    former.forge("fix", id, {ADOPT: True}, base={ADOPT: pen.seen(id, "cause")["cause"]})
    return former.done("quarantined", reasons.ROLE_TAKEN, former.segment(members=early))


@forgery
def a_move_that_names_less_than_its_device_sealed(pen: Pen) -> Forged:
    boss = begun(pen.other("boss"))
    _taken_up(pen, boss, _sealed(boss) - 1)
    return boss.quarantined(reasons.BEHIND)


def _sealed(pen: Pen) -> int:
    """The version that the last seal of this device names."""
    mine = [s for s in pen.scene.sealed if (s.space, s.device) == (pen.space, pen.actor.device)]
    return mine[-1].members


@forgery
def a_seal_that_names_less_than_the_one_before(pen: Pen) -> Forged:
    fields = {"state": "open", "phenomenon": "x"}
    pen.forge("fix", new_id(), fields, header=pen.header())
    pen.forge("fix", record(pen, "open"), {"cause": "z"})
    return pen.done("quarantined", reasons.BEHIND, pen.segment(members=_sealed(pen) - 1))


@forgery
def a_seal_that_names_less_than_what_it_builds_on(pen: Pen) -> Forged:
    """Of a device that wrote nothing before."""
    idle = begun(pen.other("idle"))
    idle.forge("fix", record(pen, "open"), {"cause": "z"})
    return idle.done("quarantined", reasons.BEHIND, idle.segment(members=_sealed(pen) - 1))


@forgery
def a_move_that_names_less_than_what_it_builds_on(pen: Pen) -> Forged:
    idle, id = begun(pen.other("idle")), record(pen, "open")
    move = idle.move("fix", "fixed", members=_sealed(pen) - 1)
    refused = idle.forge("fix", id, {"state": "fixed"}, move=move)
    base = {"state": [refused]}
    idle.forge("fix", id, {"state": "fixed"}, base=base, move=move)
    return idle.quarantined(reasons.BEHIND)


@forgery
def a_move_that_names_less_than_one_before_it(pen: Pen) -> Forged:
    """Under the same seal, about records of its own."""
    idle = pen.other("idle")
    more = {"cause": "y", "correction": "z"}
    for forge in (idle.write, idle.forge):
        id = idle.new(fields=more)
        base = {"state": [(idle.actor.device, idle.seq)]}
        members = pen.scene.membership.version - (forge == idle.forge)
        move = idle.move("fix", "fixed", members=members)
        forge("fix", id, {"state": "fixed"}, base=base, move=move)
    return idle.quarantined(reasons.BEHIND)


@forgery
def four_eyes_waived_by_an_old_version(pen: Pen) -> Forged:
    """The founder names the time when there was nobody else."""
    founder, id = begun(pen.other("founder")), new_id()
    role = "department_manager"
    fields = {"state": "reported", "phenomenon": "x"}
    born = founder.write("escalation", id, fields, header=founder.header(number="ES-1"))
    up = founder.move("accept", "accepted", role) | {"from": "reported"}
    taken = {"state": "accepted", "due": "2026-12-31", "group_lead": founder.actor.person}
    dots = {name: [born] for name in ("state", "due", "group_lead", "solution")}
    up["saw"] = {"phenomenon": [list(born)]}
    dots["state"] = [founder.write("escalation", id, taken, base=dots, move=up)]
    draft = founder.move("draft", "drafted", "author") | {"from": "accepted"}
    wrote = {"state": "drafted", "solution": "z"}
    dots["state"] = [founder.write("escalation", id, wrote, base=dots, move=draft)]
    own = founder.move("approve", "approved", role, members=1, alone=True) | {"from": "drafted"}
    own["saw"] = {"solution": [list(dots["state"][0])]}
    founder.forge("escalation", id, {"state": "approved"}, base=dots, move=own)
    return founder.quarantined(reasons.BEHIND)


# -- the membership log ------------------------------------------------------------------------


def _entry(pen: Pen, by: str, kind: str, body: Mapping[str, Any], **more: Any) -> Forged:
    known = pen.scene.membership
    n = more.pop("n", known.version + 1)
    prev = more.pop("prev", known.head)
    key = pen.scene.actors[by].key
    one = entries.write(EntryStatement(1, n, prev, kind, key.id, dict(body)), more.pop("key", key))
    return Forged([], "refused", more.pop("why"), entries=[one])


def _compiled_by_lead(pen: Pen) -> tuple[Pen, str]:
    """The lead begins the report of a week, as honestly as anybody."""
    lead = begun(pen.other("lead"))
    cls, values = kinds["weekly_report"], {"week": FORGED_WEEK}
    id = natural_keys.key_id(cls.kind, lead.space, pen.scene.project, lead.actor.person, values)
    header = lead.header(number="WR-2026-W47-0000")
    dot = lead.write("weekly_report", id, {"state": "compiled", **values}, header=header)
    lead.dots = {name: [dot] for name in ("state", "content", "week")}
    return lead, id


FORGED_WEEK = "2026-W47"


def _issue(pen: Pen, id: str, content: str, **more: Any) -> dict[str, Any]:
    """The parts of the change that issues a report."""
    dots = [list(dot) for dot in pen.dots["state"]]
    said = pen.move("issue", "issued", more.pop("role", "project_manager"))
    said |= {"from": "compiled", "saw": {"week": dots}}
    fields = {"state": "issued", "content": content, **more}
    return {"fields": fields, "base": pen.dots, "move": said}


@forgery
def a_report_issued_with_the_data_of_another_week(pen: Pen) -> Forged:
    lead, id = _compiled_by_lead(pen)
    other = issued_weeks.packed(pen.scene.project, "2026-W46")
    lead.forge("weekly_report", id, **_issue(lead, id, other))
    return lead.quarantined(reasons.NOT_COMPILED)


@forgery
def a_report_issued_with_data_of_a_newer_program(pen: Pen) -> Forged:
    lead, id = _compiled_by_lead(pen)
    newer = issued_weeks.newer(pen.scene.project, FORGED_WEEK)
    lead.forge("weekly_report", id, **_issue(lead, id, newer))
    return lead.quarantined(reasons.NEWER_FORM)


@forgery
def a_report_issued_with_garbage(pen: Pen) -> Forged:
    lead, id = _compiled_by_lead(pen)
    lead.forge("weekly_report", id, **_issue(lead, id, "[" * 50_000))
    return lead.quarantined(reasons.NOT_COMPILED)


@forgery
def a_report_whose_data_was_rewritten_after_the_issue(pen: Pen) -> Forged:
    lead, id = _compiled_by_lead(pen)
    honest = issued_weeks.packed(pen.scene.project, FORGED_WEEK)
    issued = lead.write("weekly_report", id, **_issue(lead, id, honest))
    other = issued_weeks.packed(pen.scene.project, FORGED_WEEK, health="green")
    base = {"state": [issued], "content": [issued]}
    lead.forge("weekly_report", id, {"content": other}, base=base)
    return lead.quarantined(reasons.BY_MOVE)


@forgery
def a_report_issued_again_with_other_data(pen: Pen) -> Forged:
    lead, id = _compiled_by_lead(pen)
    honest = issued_weeks.packed(pen.scene.project, FORGED_WEEK)
    issued = lead.write("weekly_report", id, **_issue(lead, id, honest))
    again = _issue(lead, id, issued_weeks.packed(pen.scene.project, FORGED_WEEK, health="green"))
    again["base"] = {"state": [issued], "content": [issued]}
    again["move"]["from"] = "issued"
    lead.forge("weekly_report", id, **again)
    return lead.quarantined(reasons.OF_RIGHTS[permissions.WRONG_STATE])


@forgery
def a_report_issued_by_an_engineer(pen: Pen) -> Forged:
    lead, id = _compiled_by_lead(pen)
    eng = begun(pen.other("eng"))
    eng.dots = lead.dots
    honest = issued_weeks.packed(pen.scene.project, FORGED_WEEK)
    eng.forge("weekly_report", id, **_issue(eng, id, honest, role="engineer"))
    forged = eng.quarantined(reasons.OF_RIGHTS[permissions.NO_ROLE])
    return replace(forged, blobs=[encode(lead.segment()), *forged.blobs])


@forgery
def a_role_granted_by_no_administrator(pen: Pen) -> Forged:
    person = pen.actor.person
    body = {"person": person, "role": "quality", "project": "*", "grant": True}
    return _entry(pen, "eng", "role", body, why=entry_rules.NOT_ADMIN)


@forgery
def a_role_granted_to_oneself(pen: Pen) -> Forged:
    person = pen.scene.actors["founder"].person
    body = {"person": person, "role": "service_desk", "project": "p", "grant": True}
    return _entry(pen, "founder", "role", body, why=member_kinds.SELF)


@forgery
def a_role_granted_in_the_administrators_name(pen: Pen) -> Forged:
    body = {"person": pen.actor.person, "role": "quality", "project": "*", "grant": True}
    return _entry(pen, "founder", "role", body, key=pen.actor.key, why=entries.FORGED)


@forgery
def a_membership_log_rolled_back(pen: Pen) -> Forged:
    known = pen.scene.membership
    body = {"person": new_id(), "name": "别人", "title": ""}
    last = known.entries[-2]
    return _entry(pen, "founder", "person", body, n=known.version, prev=last.hash, why=log.OTHER)
