"""The settings of the benches' servers: those of the demo, and the reference page among the addresses."""

from os2groups.settings import *  # noqa: F403

ROOT_URLCONF = "tests.bench.reference"
