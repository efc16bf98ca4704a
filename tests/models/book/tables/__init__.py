"""Tests of the company tables as the book reads them."""
