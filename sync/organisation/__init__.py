"""Who belongs to the organisation: administration, invitation, enrolment."""
