"""Times the decoders of two Python packages: nanoseconds for each packet, as one line of JSON.

Each decoder alone is called, with what Bleak hands to it, a bytearray: not the callbacks and coroutines around it,
which its users pay for, too. What they do: bleakheart makes a dict, with RR intervals in rounded milliseconds;
pycycling makes a named tuple, with RR intervals in raw units of 1/1024 s and contact only as "one of both flags".
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from time import perf_counter_ns

from bleakheart import HeartRate
from pycycling import heart_rate_service

ROUNDS = 15
REPEATS = 10


def fastest(decode: Callable[[bytearray], object], packets: Sequence[bytearray]) -> float:
    best = float('inf')
    for _ in range(ROUNDS):
        start = perf_counter_ns()
        for _ in range(REPEATS):
            for packet in packets:
                decode(packet)
        best = min(best, perf_counter_ns() - start)
    return best / REPEATS / len(packets)


def main(path: str) -> None:
    with open(path, encoding='ascii') as file:
        packets = [bytearray.fromhex(line) for line in file]
    # The client is needed to switch notifications on alone.
    bleakheart = HeartRate(None, callback=lambda _: None)
    print(json.dumps({
        'bleakheart': fastest(bleakheart._decode, packets),
        'pycycling': fastest(heart_rate_service._parse_hr_measurement, packets),
    }))


if __name__ == '__main__':
    main(sys.argv[1])
