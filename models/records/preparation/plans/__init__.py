"""Service plans in two levels: milestones and tasks, approved in revisions. Clause: 4.2."""
