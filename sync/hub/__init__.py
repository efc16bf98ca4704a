"""The hub: where devices of one organisation meet when there is a network."""
