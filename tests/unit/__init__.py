"""Tests of one room each, without processes."""
