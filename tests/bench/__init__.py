"""Benchmarks: each prints ratios of the box against a named reference, measured in the same run."""
