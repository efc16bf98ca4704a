"""What corrective and preventive actions add to the app."""
