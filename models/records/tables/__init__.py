"""Vocabularies and rule tables: the company's own words and rules, in versions."""
