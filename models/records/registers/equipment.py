"""Equipment: what is looked after at a site."""

from __future__ import annotations

from models.schema.fields import choice, line, link, prose
from models.schema.kind import Kind
from models.schema.lifecycles import register
from models.schema.record import Record
from models.text.words import W

CLASSES = (
    ("room", "机房环境", "Server room"),
    ("power", "电源", "Power"),
    ("network", "网络", "Network"),
    ("server", "服务器与存储", "Servers and storage"),
    ("communication", "通信设备", "Communication"),
    ("security", "安全", "Security"),
    ("other", "其他", "Other"),
)

_LIFE = register()


class Equipment(Record):
    """A device or system at a site."""

    kind = Kind(
        name="equipment",
        label=W("设备", "Equipment"),
        code="EQ",
        space="company",
        project="none",
        states=_LIFE.states,
        moves=_LIFE.moves,
        title="name",
        columns=("name", "site", "model", "location"),
        menu=82,
    )

    site = link("现场", "Site", "site")
    name = line("名称", "Name", required=True)
    equipment_class = choice("类别", "Class", CLASSES)
    model = line("型号", "Model")
    serial_no = line("序列号", "Serial number")
    location = line("位置", "Location", hint=W("机柜、U位", "rack, unit"))
    delivery = link(
        "随哪次交付",
        "Delivered with",
        "delivery",
        hint=W("未验证的问题会使这次交付挂起", "an unverified problem of it holds that delivery"),
    )
    remark = prose("备注", "Remark")
