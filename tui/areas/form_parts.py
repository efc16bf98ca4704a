"""Form parts: what the areas add to forms, registered by name; importing this loads none of it."""

from __future__ import annotations

from tui.pages.forms.registry import DRAFT_PAGES, FORM_PANELS, MOVE_FORMS

SIMILAR_PROBLEMS = "tui.areas.problems.similar_problems_panel:SimilarProblemsPanel"

FORM_PANELS.update({"fix": SIMILAR_PROBLEMS, "escalation": SIMILAR_PROBLEMS})
DRAFT_PAGES["typed:"] = "tui.areas.checks.checklist_page:page_of"
MOVE_FORMS["problem_report", "publish"] = "tui.areas.problems.experience_form:experience_form"
