"""Which rules run and which findings count: ``--select``, ``--ignore``, ``hengjian.toml``, ``.hjignore``, baselines."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from hengjian.cli.inputs import listed
from hengjian.core.audit.catalogue import Rule, all_rules
from hengjian.core.audit.finding import Finding


class SelectionError(ValueError):
    """A rule or setting that does not exist; the message says which and what to do."""


@dataclass(frozen=True)
class Selection:
    """Rule codes or families to run and to leave out. Picklable: it travels to the reading processes."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    per_file: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def codes(self, name: str = "") -> frozenset[str]:
        """The codes that run for a file."""
        ignored = list(self.ignore)
        for pattern, codes in self.per_file.items():
            if fnmatch(Path(name).name, pattern) or fnmatch(name, pattern):
                ignored.extend(codes)
        return frozenset(r.code for r in all_rules() if self._chosen(r) and not _matches(r, ignored))

    def _chosen(self, rule: Rule) -> bool:
        return _matches(rule, self.select) if self.select else rule.default


def _matches(rule: Rule, patterns: Iterable[str]) -> bool:
    return any(p in ("ALL", rule.code, rule.family) or rule.code.startswith(p + "-") for p in patterns)


def parse_codes(values: Iterable[str]) -> tuple[str, ...]:
    """``A,W-04`` and repeated options as a tuple. Raises ``SelectionError`` for a code that no rule has."""
    codes = [code.strip().upper() for value in values for code in value.replace("，", ",").split(",") if code.strip()]
    known = sorted({r.code for r in all_rules()} | {r.family for r in all_rules()} | {"ALL"})
    for code in codes:
        if code not in known:
            near = [c for c in known if c.replace("-0", "-") == code] or get_close_matches(code, known, 1)
            guess = f"是不是要 {near[0]}？" if near else ""
            raise SelectionError(f"没有规则 {code}。{guess}可用 hengjian rules list 查看全部规则（如 A、W-04）。")
    return tuple(codes)


def parse_tolerance(text: str) -> str:
    """A tolerance as it was typed, empty for none. Raises ``SelectionError`` unless it is a number from 0 up."""
    try:
        fine = not text or (Decimal(text).is_finite() and Decimal(text) >= 0)
    except InvalidOperation:
        fine = False
    if not fine:
        raise SelectionError(f"--tolerance 应是不小于 0 的数，如 0.01，而不是 {text}。")
    return text


@dataclass(frozen=True)
class Settings:
    """What ``hengjian.toml`` beside the user may set; options on the command line win."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    per_file: dict[str, tuple[str, ...]] = field(default_factory=dict)
    profile: str = ""
    tolerance: str = ""


def load_settings(folder: Path) -> Settings:
    """Read ``hengjian.toml`` in a folder, if it is there. Raises ``SelectionError`` with the line to mend."""
    path = folder / "hengjian.toml"
    if not path.is_file():
        return Settings()
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SelectionError(f"hengjian.toml 写法有误：{error}") from error
    unknown = set(data) - {"select", "ignore", "per-file", "profile", "tolerance"}
    if unknown:
        raise SelectionError(f"hengjian.toml 中有不认识的设置：{'、'.join(sorted(unknown))}。")
    try:
        return _settings(data)
    except (AttributeError, TypeError) as error:
        raise SelectionError("hengjian.toml 写法有误：select、ignore 是编号列表，[per-file] 下每行是“文件名 = 编号列表”。") from error


def _settings(data: dict[str, Any]) -> Settings:
    return Settings(
        parse_codes(_list(data.get("select", []))),
        parse_codes(_list(data.get("ignore", []))),
        {pattern: parse_codes(_list(codes)) for pattern, codes in data.get("per-file", {}).items()},
        str(data.get("profile", "")),
        str(data.get("tolerance", "")),
    )


def _list(value: Any) -> list[str]:
    """A single code may stand without brackets."""
    return [value] if isinstance(value, str) else list(value)


def waived(findings: Iterable[Finding], path: Path | None, baseline: frozenset[tuple[str, ...]]) -> set[int]:
    """Indexes of findings that a sidecar ``报告.docx.hjignore`` or a baseline names.

    A line of the sidecar is a code, or a code and a place (``D-08`` or ``A-03 t3r8c5``); ``#`` starts a comment.
    """
    lines = _sidecar(path)
    return {
        index
        for index, finding in enumerate(findings)
        if fingerprint(finding) in baseline or any(_waives(line, finding) for line in lines)
    }


def _sidecar(path: Path | None) -> list[list[str]]:
    if path is None:
        return []
    side = path.with_name(path.name + ".hjignore")
    if not side.is_file():
        return []
    stripped = (line.partition("#")[0].split() for line in listed(side))
    return [words for words in stripped if words]


def _waives(words: list[str], finding: Finding) -> bool:
    return words[0] == finding.rule and (len(words) == 1 or words[1] in {w.place.loc for w in finding.witnesses})


def fingerprint(finding: Finding) -> tuple[str, ...]:
    """Stable across layout changes: the code and what the places say."""
    return (finding.rule, *("".join(w.text.split()) for w in finding.witnesses))


def load_baseline(path: Path | None) -> frozenset[tuple[str, ...]]:
    """The findings of an earlier ``--format json`` output; only new ones count then."""
    if path is None:
        return frozenset()
    try:
        data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8-sig"))
        return frozenset(
            (f["rule"], *("".join(p["text"].split()) for p in f["places"])) for x in data["files"] for f in x["findings"]
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SelectionError(f"基线文件 {path} 不能使用：应是 hengjian audit --format json 的输出。") from error
