"""What a hub does when it was put back, emptied or moved."""
