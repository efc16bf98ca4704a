"""Roster: people, devices, roles and administrators at every membership version. Pure.

Facts begin and end at versions, so that a question about an earlier version has the answer it had
then: a change is authorised by the version it names, never by today's list.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Mapping

from models.book.people import EVERY
from models.frozen import NamedTuple
from models.schema.natural_keys import veiled
from sync.trust.membership_entry import NOTHING, Head, Heads
from sync.trust.steering.steering import Steering


class RosterPerson(NamedTuple):
    """One person; the name is today's."""

    id: str
    name: str
    title: str


class RosterDevice(NamedTuple):
    """One admitted device; its person and key never change."""

    id: str
    person: str
    tag: str
    name: str
    key: bytes
    since: int
    """The version that admitted it."""
    revoked: int | None = None
    """The version that revoked it."""
    last: Mapping[str, Heads] = {}
    """Revoked: the positions up to which its work stands, of this id and of those under which its
    key went on.
    """


Passes = Callable[[str, Head], bool]
"""Whether the history of a device that is looked at is the one of a position, as far as it goes."""


class TakenRole(NamedTuple):
    """A role was taken from a person."""

    version: int
    """The version that took it."""
    heads: Mapping[str, Heads]
    """Device -> the positions up to which its work was known then: that stands."""

    def beyond(self, device: str, space: str, seq: int, passes: Passes) -> bool:
        """Whether a change of one of the person's devices comes after these positions, or is of
        another history than theirs.
        """
        last = self.last(device, space, passes)
        return last is not None and seq > last

    def last(self, device: str, space: str, passes: Passes) -> int | None:
        """The last sequence of a device in a space that stands; 0: none, as of a history that does
        not pass the position.

        None in a space that the administrator's device did not hold: there a change stands by the
        version that it names.
        """
        name = veiled(space)
        head = self.head(device, space)
        if head is not None:
            return head.seq if passes(device, head) else 0
        return 0 if any(name in heads for heads in self.heads.values()) else None

    def head(self, device: str, space: str) -> Head | None:
        """The position of a device in a space, where one is named."""
        return self.heads.get(device, {}).get(veiled(space))


Fact = tuple[str, ...]


class Roster:
    """What the membership log says, version by version; grown by `sync.trust.entry_rules` only."""

    def __init__(self) -> None:
        self.version = 0
        """The last version understood."""
        self.organisation = ""
        self.name = ""
        self.people: dict[str, RosterPerson] = {}
        self.devices: dict[str, RosterDevice] = {}
        self._when: dict[Fact, tuple[int, ...]] = {}
        self._grants: dict[str, tuple[tuple[str, str], ...]] = {}
        self._tags: set[str] = set()
        self._keys: dict[bytes, tuple[str, ...]] = {}
        self._stewards: tuple[str, ...] = ()
        """The people who were administrators at some version."""
        self._known: dict[tuple[int, str, str | None], frozenset[str]] = {}
        self._taken: dict[str, tuple[tuple[Fact, TakenRole], ...]] = {}
        """Person -> the roles that were taken from them, in order."""
        self._levels: tuple[tuple[int, int], ...] = ()
        """(version, level of the rules from there on), in order."""
        self.steering = Steering()

    def roles_at(self, version: int, person: str, project: str | None) -> frozenset[str]:
        """The roles a person held on a project; None: on any project. None held by the absent."""
        found = self._known.get((version, person, project))
        if found is None:
            held = (
                role
                for role, where in self._grants.get(person, ())
                if (project is None or where in (project, EVERY))
                and self.holds(("role", person, role, where), version)
            )
            found = frozenset(held if self.is_active(person, version) else ())
            self._known[version, person, project] = found
        return found

    def roles_by(
        self,
        version: int,
        person: str,
        project: str | None,
        place: tuple[str, str, int],
        passes: Passes,
    ) -> frozenset[str]:
        """The roles by which a person's change counts that names a version: those held then, but
        for the ones taken later, if the change comes after the positions that the taking names.

        `place` is the change's device, space and sequence.

        As known today, like a revocation; a role given again validates nothing that names a
        version before that.
        """
        held = self.roles_at(version, person, project)
        gone = self.taken_since(version, person)
        lost = {fact for fact, one in gone if one.beyond(*place, passes)}
        if not held or not lost:
            return held
        return frozenset(
            role
            for role, where in self._grants.get(person, ())
            if (project is None or where in (project, EVERY))
            and ("role", person, role, where) not in lost
            and self.holds(("role", person, role, where), version)
        )

    def taken_since(self, version: int, person: str) -> list[tuple[Fact, TakenRole]]:
        """The roles that were taken from a person after a version; none for almost everybody."""
        return [(fact, one) for fact, one in self._taken.get(person, ()) if one.version > version]

    def taken(self, after: int) -> dict[str, list[TakenRole]]:
        """Person -> what was taken from them after a version."""
        found: dict[str, list[TakenRole]] = {}
        for person, gone in self._taken.items():
            for _, one in gone:
                if one.version > after:
                    found.setdefault(person, []).append(one)
        return found

    def take(self, fact: Fact, heads: Mapping[str, Heads]) -> None:
        """A role was taken at this version; its fact is turned by the caller."""
        one = fact, TakenRole(self.version, heads)
        self._taken[fact[1]] = (*self._taken.get(fact[1], ()), one)

    def level_at(self, version: int) -> int:
        """The level of the rules by which changes are authorised that are sealed at a version."""
        return next((level for since, level in reversed(self._levels) if since <= version), 1)

    @property
    def level(self) -> int:
        """The level of the rules now."""
        return self.level_at(self.version)

    def raise_level(self, level: int) -> None:
        """From this version on the rules have this level."""
        self._levels = (*self._levels, (self.version, level))

    def where(self, person: str) -> set[str]:
        """The projects on which a person ever had a role; EVERY among them for every one."""
        return {project for _, project in self._grants.get(person, ())}

    def person_of(self, device: str, version: int | None = None) -> str | None:
        """Whose device it is; None when it was not admitted yet (a revoked one still counts)."""
        known = self.devices.get(device)
        return known.person if known and known.since <= self._at(version) else None

    def is_active(self, person: str, version: int | None = None) -> bool:
        """Whether the person was known and had not left."""
        return self.holds(("active", person), self._at(version))

    def is_admin(self, person: str, version: int | None = None) -> bool:
        """Whether the person could change the membership log."""
        at = self._at(version)
        return self.is_active(person, at) and self.holds(("admin", person), at)

    def revoked_after(self, device: str, space: str, id: str | None = None) -> Head | None:
        """Up to where the work of a device still stands in a space, and which of its histories;
        None when it is not revoked. `id`: one under which its key went on.

        Always as known today: a revocation reaches back to its position, whatever version the
        device's later work names.
        """
        known = self.devices.get(device)
        if known is None or known.revoked is None:
            return None
        return known.last.get(id or device, {}).get(veiled(space), NOTHING)

    def second_person(
        self, version: int, project: str | None, roles: Iterable[str], except_person: str
    ) -> bool:
        """Whether somebody else, with a device to do it on, held one of the roles."""
        return bool(self.second_people(version, project, roles, {except_person}))

    def second_people(
        self, version: int, project: str | None, roles: Iterable[str], besides: Collection[str]
    ) -> list[str]:
        """The people with a device who held one of the roles, without those named, by id."""
        wanted = frozenset(roles)
        equipped = self._equipped(version).difference(besides)
        return sorted(p for p in equipped if wanted & self.roles_at(version, p, project))

    def admitted(self, device: RosterDevice) -> None:
        """A device came in."""
        self.devices[device.id] = device
        self._tags.add(device.tag)
        self._keys[device.key] = (*self._keys.get(device.key, ()), device.id)

    def tagged(self, tag: str) -> bool:
        """Whether a device has this tag."""
        return tag in self._tags

    def keyed(self, key: bytes) -> list[RosterDevice]:
        """The devices that have this key."""
        return [self.devices[id] for id in self._keys.get(key, ())]

    def next_tag(self) -> str:
        """The tag of the next device admitted: A … Z, AA, AB …; never given twice."""
        number, tag = len(self.devices) + 1, ""
        while number:
            number, letter = divmod(number - 1, 26)
            tag = chr(65 + letter) + tag
        return tag

    def holds(self, fact: Fact, version: int) -> bool:
        """Whether a fact held at a version; ValueError for a version not known here."""
        return bisect_right(self._when.get(fact, ()), self._at(version)) % 2 == 1

    def turn(self, fact: Fact) -> None:
        """Begin a fact, or end it, at this version."""
        self._when[fact] = (*self._when.get(fact, ()), self.version)
        if fact[0] == "admin" and fact[1] not in self._stewards:
            self._stewards = (*self._stewards, fact[1])
        if fact[0] == "role" and (fact[2], fact[3]) not in self._grants.get(fact[1], ()):
            self._grants[fact[1]] = (*self._grants.get(fact[1], ()), (fact[2], fact[3]))

    def steerable(self) -> bool:
        """Whether an administrator with a device is left, so that the log can go on."""
        return bool(self.steering_devices())

    def steering_devices(self) -> list[RosterDevice]:
        """The working devices of administrators, the oldest first; the first of them keeps the log
        where no hub does.
        """
        admins = {person for person in self._stewards if self.is_admin(person)}
        found = (
            one for one in self.devices.values() if one.person in admins and one.revoked is None
        )
        return sorted(found, key=lambda one: one.since)

    def able(self) -> set[str]:
        """The administrators who have a working device."""
        return {one.person for one in self.steering_devices()}

    def grants(self) -> set[tuple[str, str, str]]:
        """(person, role, project) as held now by those who have not left."""
        return {
            (person, role, where)
            for person, held in self._grants.items()
            for role, where in held
            if self.is_active(person) and self.holds(("role", person, role, where), self.version)
        }

    def _equipped(self, version: int) -> set[str]:
        """People who had a device admitted and not revoked."""
        at = self._at(version)
        return {
            one.person
            for one in self.devices.values()
            if one.since <= at and (one.revoked is None or one.revoked > at)
        }

    def _at(self, version: int | None) -> int:
        if version is None:
            return self.version
        if version > self.version:
            raise ValueError(f"membership version {version} is not known here yet")
        return version

    def _copy_to(self, other: Roster) -> None:
        other.version, other.organisation, other.name = self.version, self.organisation, self.name
        other.people, other.devices = dict(self.people), dict(self.devices)
        other._when, other._grants = dict(self._when), dict(self._grants)
        other._taken, other._levels = dict(self._taken), self._levels
        other.steering = self.steering
        other._stewards, other._tags, other._keys = (
            self._stewards,
            set(self._tags),
            dict(self._keys),
        )
