"""Measurements: how fast and how light the program is, beside a floor measured in the same run.

`python -m tests.bench [PART …]`; see `--help`. Not part of the tests: a time proves nothing there.
"""
