"""Spreadsheets: lists out to .xlsx, .csv and .jsonl, and in from them."""
