"""Inputs: how each kind of field is typed or chosen; one editor serves a whole form."""
