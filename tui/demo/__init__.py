"""The demonstration: an invented company and a month of its work; everything here is made up.

Its texts are the files of `data`, `month.month` gives them as a stream of plain lines, and only
`player` writes them into a book.
"""
