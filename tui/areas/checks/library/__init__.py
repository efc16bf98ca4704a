"""The library of ready-made templates: its list, and the page of one."""
