"""Work for the child process tests: importable by name, as the child needs it."""

from __future__ import annotations

import os


def length(data: bytes, name: str) -> tuple[str, int]:
    return name, len(data)


def hog(data: bytes, name: str) -> int:
    if name.startswith("good"):
        return len(data)
    kept = []
    while True:
        kept.append(bytearray(1 << 24))


def spin(data: bytes, name: str) -> int:
    while not name.startswith("good"):
        pass
    return len(data)


def die(data: bytes, name: str) -> int:
    if not name.startswith("good"):
        os.abort()
    return len(data)


def fail(data: bytes, name: str) -> float:
    return 1 / (0 if not name.startswith("good") else len(data))


def chatter(data: bytes, name: str) -> int:
    print("noise on the standard output")  # noqa: T201
    os.write(1, b"more noise")
    return os.getpid()
