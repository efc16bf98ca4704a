"""Pages and documents of fixes, escalations, problem reports and concessions."""
