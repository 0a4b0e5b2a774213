"""Tests of the process kind."""
