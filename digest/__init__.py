"""digest turns a pile of newspaper pages and articles into a book."""

__version__ = "0.1.0"
