"""Satisfaction follow-up: sample, answers, statistics, review and filing. Clause: 5.2."""
