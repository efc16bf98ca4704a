"""Business dates, ISO weeks, working days and hours, the yearly notice."""
