"""The hub as a carrier, and what device and hub both speak."""
