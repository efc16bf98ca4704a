"""The demonstration: an invented company and a month of its work, as pure data and generators.

Everything here is made up. `month.month` gives it as a stream of plain lines; nothing in this
package but `play` knows a book.
"""
