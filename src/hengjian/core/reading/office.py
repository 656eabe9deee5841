"""LibreOffice as a converter for the formats we do not read ourselves; in a scratch folder, with its own profile."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Final

from hengjian.core.reading.unreadable import Unreadable

SECONDS: Final = 90
_MEMORY: Final = 6 * 1024**3
"""Address space for the office program: it maps far more than it uses."""
_NAMES: Final = ("soffice", "libreoffice")


def office_program() -> str | None:
    """The path of LibreOffice, or ``None`` when it is not installed."""
    return next((path for path in map(shutil.which, _NAMES) if path), None)


def converted(data: bytes, kind: str, target: str, name: str) -> bytes:
    """``data`` of format ``kind`` as ``target`` (``docx``, ``xlsx``).

    Raises ``Unreadable``: ``needs_office`` without LibreOffice, ``timeout``, ``conversion`` when nothing comes out.
    Two runs on one profile disturb each other silently: every run has its own, and the output is looked for.
    """
    program = office_program()
    if program is None:
        raise Unreadable(
            "needs_office",
            f"{name}：读取 {kind} 需要 LibreOffice，本机没有找到；请安装 libreoffice-writer，或另存为 {target} 后再试。",
        )
    with tempfile.TemporaryDirectory(prefix="hengjian-") as folder:
        scratch = Path(folder)
        source = scratch / f"source.{kind}"
        source.write_bytes(data)
        _run(program, source, target, scratch, name)
        result = scratch / "out" / f"source.{target}"
        if not result.is_file() or not result.stat().st_size:
            raise Unreadable(
                "conversion",
                f"{name}：LibreOffice 无法转换这个文件，文件可能已损坏；请另存为 {target} 后再试。",
            )
        return result.read_bytes()


def _run(program: str, source: Path, target: str, scratch: Path, name: str) -> None:
    command = [
        program,
        f"-env:UserInstallation={(scratch / 'profile').as_uri()}",
        "--headless",
        "--norestore",
        "--nolockcheck",
        "--convert-to",
        target,
        "--outdir",
        str(scratch / "out"),
        str(source),
    ]
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=scratch,
        start_new_session=True,
    )
    _allow_memory(process.pid)
    try:
        process.wait(SECONDS)
    except subprocess.TimeoutExpired as error:
        raise Unreadable(
            "timeout", f"{name}：LibreOffice 转换超过 {SECONDS} 秒，已停止；请另存为 {target} 后再试。"
        ) from error
    finally:
        _end(process)


def _allow_memory(pid: int) -> None:
    """Lift the reading child's own limit for the office program, which could not even start under it."""
    try:
        import resource

        _, hard = resource.prlimit(pid, resource.RLIMIT_AS)
        wanted = _MEMORY if hard == resource.RLIM_INFINITY else min(_MEMORY, hard)
        resource.prlimit(pid, resource.RLIMIT_AS, (wanted, hard))
    except (ImportError, AttributeError, OSError):  # not Linux, or already gone
        return


def _end(process: subprocess.Popen[bytes]) -> None:
    """The program starts a second process in its session: end both."""
    import os
    import signal

    if process.poll() is None:
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except (AttributeError, OSError):
            process.kill()
        process.wait()
