"""The tests; a file mirrors a module, hostile modules play the failures."""
