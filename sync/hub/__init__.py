"""The hub: the server through which the devices of one organisation sync."""
