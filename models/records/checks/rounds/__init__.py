"""The rounds of checklists: how often, which are due, what they ask."""
