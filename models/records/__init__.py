"""The record types by area of the manual. Importing this package declares and registers them."""

from importlib import import_module
from pathlib import Path

from models.schema.record import kinds

# Listed by hand: `pkgutil` costs every start 24 ms, a sixth of what the rest of this takes.
for _path in sorted(Path(__file__).parent.glob("*/*.py")):
    if _path.stem != "__init__":
        import_module(f"{__name__}.{_path.parent.name}.{_path.stem}")

_by_name = dict(sorted(kinds.items()))
kinds.clear()
kinds.update(_by_name)  # the order of the imports means nothing
