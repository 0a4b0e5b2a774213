"""A fork server whose modules are the hostile ones."""

import sys

from axelered_box.isolation.child import Loaded, serve
from tests.hostile_modules import RUNS

serve(int(sys.argv[1]), lambda: Loaded(RUNS))
