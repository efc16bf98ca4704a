"""The quarterly O&M service report, compiled from the records. Clause: 5.1.2."""
