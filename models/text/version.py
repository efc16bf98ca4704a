"""Version: of the program and of what decides its behaviour."""

from __future__ import annotations

UNKNOWN = "0+unknown"


def version() -> str:
    """The installed version; a source tree that was never installed has none."""
    from importlib import metadata

    try:
        return metadata.version("sitebook")
    except metadata.PackageNotFoundError:
        return UNKNOWN


def line() -> str:
    """What `--version` prints."""
    return f"sitebook {version()}"
