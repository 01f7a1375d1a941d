"""Handouts: a book in; sheets of paper out, from the same record as the web pages, for a printer without colour."""
