"""An area as somebody adds it: only new files, for `models/records/tours` and `tui/areas/tours`."""
