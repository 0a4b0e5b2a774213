"""The truth: the database of what was promised and done, and the files on disk."""
