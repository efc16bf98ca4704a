"""Service proposals, their discussion, and the library of methods. Clause: 4.1.1, 4.1.3."""
