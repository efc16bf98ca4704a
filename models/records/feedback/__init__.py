"""Satisfaction follow-up, complaints, communication. Clause: 5.2, 5.3.2(4), 5.5."""
