"""Pages and documents of follow-ups, complaints and communication."""
