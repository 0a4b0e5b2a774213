"""Language models: which there are, and the program in which one of them answers."""

ENVIRONMENT = {
    # Threads that wait must sleep: spinning ones starve the others of busy cores (measured: 0.7 against 71 tokens/s).
    "OMP_WAIT_POLICY": "passive",
    "GOMP_SPINCOUNT": "0",
    # The model's own threads are told by number; this is for the embeddings.
    "OMP_NUM_THREADS": "1",
    # An abort would start a debugger for its backtrace, which outlives the process.
    "GGML_NO_BACKTRACE": "1",
}
"""What has to stand in the environment before the libraries of the runtime are loaded."""
