"""How many random examples a property gets: few, and always the same ones, in `make check`.

`ATALAIA_EXAMPLES=100` multiplies the numbers by a hundred and lets chance choose. `ATALAIA_SHRINK=0` takes the
first example that fails as it is, which saves minutes.
"""

import os

from hypothesis import HealthCheck, Phase, settings

FACTOR = float(os.environ.get("ATALAIA_EXAMPLES", "1"))

PATIENCE = 600.0 * max(1.0, FACTOR)
"""Seconds that one property may take: a failed one looks for its smallest example."""

_SHRINKS = os.environ.get("ATALAIA_SHRINK", "1") != "0"


def examples(count: int) -> settings:
    """So many examples in `make check`."""
    return settings(
        max_examples=max(1, round(count * FACTOR)),
        deadline=None,
        derandomize=FACTOR == 1,
        database=None,
        print_blob=FACTOR != 1,
        phases=(Phase.explicit, Phase.generate, *((Phase.shrink,) if _SHRINKS else ())),
        suppress_health_check=list(HealthCheck),
    )
