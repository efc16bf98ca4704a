"""Hubs that were put back, emptied or moved."""
