"""Reading in reused child processes with limits on memory and CPU time.

A hostile file can at worst end its child; the next file gets a fresh one. The children live as long as the pool.
"""

from __future__ import annotations

import os
import pickle
import signal
import struct
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from queue import LifoQueue
from types import TracebackType
from typing import IO, Any, Final, Generic, Self, TypeVar

from hengjian.core.reading import Unreadable, load

GIB: Final = 1024**3
WALL_FACTOR: Final = 2
WALL_EXTRA: Final = 30
"""A child that only waits uses no CPU: it is ended after ``cpu_seconds * WALL_FACTOR + WALL_EXTRA`` seconds."""
FILES_PER_CHILD: Final = 500
"""A child is replaced after so many files, so that what libraries leak stays bounded."""

_LENGTH = struct.Struct("<Q")
_START = "from hengjian.core.reading.child import serve; serve()"
Value = TypeVar("Value")
Work = Callable[[bytes, str], Value]


class ReaderPool(Generic[Value]):
    """Reads files in child processes, one file at a time in each.

    ``work`` is run in the child on the bytes and the name of a file: ``reading.read`` or any picklable function, so that
    extraction and audit can run there too. ``memory`` is bytes of address space.
    """

    def __init__(self, work: Work[Value], *, jobs: int = 1, memory: int = GIB, cpu_seconds: int = 60) -> None:
        self._order = pickle.dumps((work, memory, cpu_seconds))
        self._wall = cpu_seconds * WALL_FACTOR + WALL_EXTRA
        self._jobs = max(1, jobs)
        self._idle: LifoQueue[_Child | None] = LifoQueue()
        self._children: set[_Child] = set()
        for _ in range(self._jobs):
            self._idle.put(None)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def read(self, path: Path) -> Value | Unreadable:
        """What ``work`` made of the file, or why it could not. Never raises for the sake of a file."""
        return self._run((str(path), None), path.name)

    def read_bytes(self, data: bytes, name: str) -> Value | Unreadable:
        """The same for bytes that did not come from a file of their own."""
        return self._run((name, data), name)

    def read_all(self, paths: Iterable[Path]) -> Iterator[tuple[Path, Value | Unreadable]]:
        """Every file with its result, in the given order, each as soon as it and those before it are done."""
        every = list(paths)
        executor = ThreadPoolExecutor(self._jobs, thread_name_prefix="reader")
        try:
            yield from zip(every, executor.map(self.read, every), strict=True)
        finally:
            executor.shutdown(wait=False, cancel_futures=True)

    def close(self) -> None:
        """End the children."""
        for child in list(self._children):
            child.end()
        self._children.clear()

    def _run(self, job: tuple[str, bytes | None], name: str) -> Value | Unreadable:
        child = self._idle.get()
        if child is None or not child.is_fresh:
            self._retire(child)
            child = _Child(self._order)
            self._children.add(child)
        kept: _Child | None = None
        try:
            value = child.ask(job, self._wall)
            kept = child
        except EOFError:
            value = _why_it_died(child.end(), child.ran_out_of_time, name)
        finally:
            if kept is None:
                self._retire(child)
            self._idle.put(kept)
        if isinstance(value, Unreadable) and value.code == "memory":
            child.is_fresh = False
        return value  # type: ignore[no-any-return]  # what ``work`` answered, over a pipe

    def _retire(self, child: _Child | None) -> None:
        if child is not None:
            child.end()
            self._children.discard(child)


class _Child:
    """The parent's end of one child process."""

    def __init__(self, order: bytes) -> None:
        self.is_fresh = True
        self.ran_out_of_time = False
        self._served = 0
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
        self._process = subprocess.Popen(
            [sys.executable, "-c", _START],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
        )
        self._order: bytes | None = order

    def ask(self, job: tuple[str, bytes | None], wall: float) -> Any:
        """Send one job and wait for its answer. Raises ``EOFError`` when the child dies over it."""
        guard = threading.Timer(wall, self._out_of_time)
        guard.daemon = True
        guard.start()
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None and stdout is not None
        try:
            if self._order is not None:
                _send(stdin, self._order)
                self._order = None
            _send(stdin, pickle.dumps(job, pickle.HIGHEST_PROTOCOL))
            answer = _receive(stdout)
        except OSError as error:
            raise EOFError from error
        finally:
            guard.cancel()
        self._served += 1
        self.is_fresh = self._served < FILES_PER_CHILD
        return pickle.loads(answer)

    def end(self) -> int:
        """Make sure that the process is gone; its exit code, negative for a signal."""
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()
        try:
            return self._process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            self._process.kill()
            return self._process.wait()

    def _out_of_time(self) -> None:
        self.ran_out_of_time = True
        self._process.kill()


def serve() -> None:
    """The child's life: read the order, then answer jobs until the parent closes the pipe."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    jobs, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # a library that prints must not write into the answers
    with suppress(EOFError, BrokenPipeError):
        work, memory, cpu_seconds = pickle.loads(_receive(jobs))
        _limit_memory(memory)
        while True:
            job = pickle.loads(_receive(jobs))
            _limit_cpu(cpu_seconds)
            _send(answers, _answer(work, *job))


def _answer(work: Work[Any], path: str, data: bytes | None) -> bytes:
    name = Path(path).name
    try:
        value = work(load(Path(path)) if data is None else data, name)
        return pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    except Unreadable as reason:
        return pickle.dumps(Unreadable(reason.code, reason.message, reason.detail))
    except MemoryError:
        return pickle.dumps(_too_much_memory(name))
    except Exception as error:
        message = f"{name}：程序处理这个文件时出错（{type(error).__name__}）；其他文件不受影响，请把出错的文件反馈给我们。"
        return pickle.dumps(Unreadable("internal", message, traceback.format_exc()))


def _limit_memory(memory: int) -> None:
    """Only the soft limit: the office program that some formats need is started with a limit of its own."""
    try:
        import resource
    except ImportError:  # Windows has no such limits; the wall clock still holds
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(
        resource.RLIMIT_AS, (memory if hard == resource.RLIM_INFINITY else min(memory, hard), hard)
    )
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _limit_cpu(seconds: int) -> None:
    """So many more seconds from now: the limit counts over the whole life of the process."""
    try:
        import resource
    except ImportError:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    wanted = int(used.ru_utime + used.ru_stime) + seconds + 1
    resource.setrlimit(
        resource.RLIMIT_CPU, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard)
    )


def _why_it_died(exit_code: int, ran_out_of_time: bool, name: str) -> Unreadable:
    if ran_out_of_time or exit_code == -getattr(signal, "SIGXCPU", 24):
        return Unreadable("timeout", f"{name}：处理时间超过上限，已停止；请核实文件来源，或拆分后再试。")
    if exit_code in (-signal.SIGSEGV, -signal.SIGABRT, -signal.SIGTERM) or exit_code == 0:
        return Unreadable(
            "damaged", f"{name}：文件已损坏，读取程序中途退出；请用原来的软件打开并另存后再试。"
        )
    return _too_much_memory(name)


def _too_much_memory(name: str) -> Unreadable:
    return Unreadable("memory", f"{name}：处理所需内存超过上限，已停止；请核实文件来源，或拆分后再试。")


def _send(stream: IO[bytes], payload: bytes) -> None:
    stream.write(_LENGTH.pack(len(payload)))
    stream.write(payload)
    stream.flush()


def _receive(stream: IO[bytes]) -> bytes:
    """One message. Raises ``EOFError`` when the other side is gone."""
    (length,) = _LENGTH.unpack(_exactly(stream, _LENGTH.size))
    return _exactly(stream, length)


def _exactly(stream: IO[bytes], length: int) -> bytes:
    payload = stream.read(length)
    if len(payload) < length:
        raise EOFError
    return payload

