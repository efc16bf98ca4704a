"""What an area of the manual has of its own: pages and documents."""
