"""Proposals, competence, the start of a service, milestones and deliveries. Clause: 4."""
