"""The walls: each task works in a child process of its own, whose every end becomes one outcome."""
