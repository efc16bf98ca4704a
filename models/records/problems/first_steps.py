"""First steps: where problems are recorded already, nobody needs to be led to a first checklist."""

from __future__ import annotations

from models.queries.waiting.first_steps import ends_with

ends_with("fix", "escalation")
