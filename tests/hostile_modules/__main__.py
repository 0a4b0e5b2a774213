"""A fork server whose modules are the hostile ones."""

import sys

from axelered_box.isolation.child import serve
from tests.hostile_modules import RUNS

serve(int(sys.argv[1]), lambda: RUNS)
