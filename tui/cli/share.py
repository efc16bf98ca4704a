"""Share: how much of long work is done, on one line of the terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable


def shares() -> Callable[[float], None] | None:
    """What to tell the share done, 0 to 1; None where nobody watches."""
    if not sys.stderr.isatty():
        return None

    def tell(share: float) -> None:
        sys.stderr.write(f"\r{min(share, 1.0):4.0%} \r")
        sys.stderr.flush()

    return tell
