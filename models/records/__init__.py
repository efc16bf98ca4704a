"""The record types by area of the manual. Importing this package declares and registers them.

Modules that declare a type or derive its state are imported here, since every list asks them.
What an area registers in a module of the names in `LATE` is imported when that is first asked;
other modules are questions, imported by the modules that ask them.
"""

from importlib import import_module
from pathlib import Path

from models.schema import late_modules
from models.schema.record import kinds

LATE = ("agenda", "expected", "facts", "figures", "reminders", "rules")
AT_ONCE = (b" = Kind(", b"@derived_state(", b"@gate(")
"""What the source of a module holds that is imported with this package."""

# `glob` instead of `pkgutil`, which costs every start 24 ms, a sixth of what the rest takes.
_here = Path(__file__).parent
_before = len(_here.parts)
for _path in sorted(_here.glob("*/**/*.py")):
    _name = ".".join((__name__, *_path.parts[_before:-1], _path.stem))
    _late = _path.stem.rpartition("_")[2]  # `concession_rules` are rules
    if _late in LATE:
        late_modules.offer(_late, _name)
    elif any(mark in _path.read_bytes() for mark in AT_ONCE):
        import_module(_name)

_by_name = dict(sorted(kinds.items()))
kinds.clear()
kinds.update(_by_name)  # the order of the imports means nothing
