"""What keeps the directory true: files and edits become sets of changes that are looked at, applied and undone."""
