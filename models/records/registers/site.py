"""Site: the machine rooms and offices where the work is done."""

from __future__ import annotations

from models.schema.fields import line, link, prose
from models.schema.kind import Kind
from models.schema.lifecycles import register
from models.schema.record import Record
from models.storage.store import Store
from models.text.words import W

_LIFE = register()


class Site(Record):
    """A place at a customer's, such as a machine room."""

    kind = Kind(
        name="site",
        label=W("现场", "Site"),
        code="ST",
        space="company",
        project="none",
        states=_LIFE.states,
        moves=_LIFE.moves,
        title="name",
        columns=("name", "customer", "address"),
        menu=81,
    )

    customer = link("客户", "Customer", "customer")
    name = line("名称", "Name", required=True)
    address = line("地址", "Address")
    access = prose("进出要求", "Access", hint=W("门禁、陪同、作业票", "door, escort, permits"))


def only_site(store: Store, project: str | None) -> str | None:
    """The site of a project's customer, when there is just one."""
    sql = (
        "SELECT id FROM site WHERE void IS NULL AND state<>'retired' AND customer="
        "(SELECT customer FROM project WHERE id=?) LIMIT 2"
    )
    found = store.rows(sql, (project,))
    return str(found[0][0]) if len(found) == 1 else None
