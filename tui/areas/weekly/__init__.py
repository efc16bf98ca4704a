"""Pages and documents of the weekly status and the project's week."""
