"""Time and chance, as one value that tests can put their own in the place of."""

from __future__ import annotations

import random
import time
from collections.abc import Callable

import msgspec


class Clock(msgspec.Struct, frozen=True, kw_only=True):
    """`monotonic`: seconds that never jump. `time`: Unix time. `chance`: from 0 to below 1."""

    monotonic: Callable[[], float] = time.monotonic
    time: Callable[[], float] = time.time
    chance: Callable[[], float] = random.random
