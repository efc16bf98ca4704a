"""The quarterly check: its questions, what answers them, spare parts. Clause: 5.1.2."""
