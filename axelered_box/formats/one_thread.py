"""ONNX Runtime sessions that make no threads of their own, so that a process that has loaded them can be forked."""

from typing import Any

import onnxruntime


class OneThreadSession(onnxruntime.InferenceSession):  # type: ignore[misc]  # ONNX Runtime is not typed
    """A session that computes in the thread that calls it."""

    def __init__(self, model: Any, sess_options: Any = None, **rest: Any) -> None:
        options = sess_options or onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        super().__init__(model, sess_options=options, **rest)


# The libraries that make sessions (PyMuPDF's layout, Magika) offer no way to say so, and neither the process's
# cores nor OMP_NUM_THREADS count. So this package imports this file before all others.
onnxruntime.InferenceSession = OneThreadSession
