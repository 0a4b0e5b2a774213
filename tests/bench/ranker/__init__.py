"""Trains the ranker of extraction on made-up documents, and measures it on others."""
