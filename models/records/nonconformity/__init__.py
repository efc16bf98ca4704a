"""Corrective and preventive actions. Clause: 5.2, 5.3.2, 5.4."""
