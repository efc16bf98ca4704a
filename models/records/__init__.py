"""The record types by area of the manual. Importing this package declares and registers them."""

from importlib import import_module
from pkgutil import walk_packages

from models.schema.record import kinds

for _module in walk_packages(__path__, f"{__name__}."):
    import_module(_module.name)

_by_name = dict(sorted(kinds.items()))
kinds.clear()
kinds.update(_by_name)  # the order of the imports means nothing
