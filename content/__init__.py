"""SLICE: articles, guides, publishing, search. Nothing here yet."""
