"""Searching what is shown, without a search server: pairs of characters in the database (FEATURES D08)."""
