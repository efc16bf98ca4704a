"""The record types by area of the manual. Importing this package declares them all."""

from importlib import import_module
from pkgutil import walk_packages

for _module in sorted(walk_packages(__path__, f"{__name__}."), key=lambda found: found.name):
    import_module(_module.name)
