"""Hand-over of a project or site from one person to another for a period."""
