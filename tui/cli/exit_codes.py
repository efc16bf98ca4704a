"""Exit codes: 0 done, 1 refused or failed, 2 wrong usage, 130 interrupted."""

from __future__ import annotations

DONE, FAILED, MISUSED, INTERRUPTED = 0, 1, 2, 130
COMPLETE = "_SITEBOOK_COMPLETE"
"""Set by a shell that asks for completions."""
