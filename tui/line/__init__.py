"""The command line: one file for each group of commands; nothing here imports Textual."""
