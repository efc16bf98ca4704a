"""Other forms of a document than Word: a spreadsheet, a mail, Markdown."""
