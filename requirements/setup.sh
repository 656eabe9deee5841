#!/bin/sh
# Makes .venv from the hashed locks, and installs what a Debian machine lacks where that is allowed. Idempotent.
set -eu
cd "$(dirname "$0")/.."
PYTHON=${PYTHON:-python3}
stamp=.venv/hengjian-setup
wanted="fonts-noto-cjk libreoffice-writer-nogui libreoffice-calc-nogui poppler-utils"

may_install() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; }
apt() {
    apt-get update -qq >/dev/null 2>&1 || true
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}
lacks() { for package in $wanted; do dpkg -s "$package" >/dev/null 2>&1 || printf '%s ' "$package"; done; }

fits() { "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' >/dev/null 2>&1; }
if ! fits "$PYTHON"; then
    for other in python3.13 python3.12 python3.11; do fits "$other" && PYTHON=$other && break; done
fi
fits "$PYTHON" || {
    echo "需要 Python 3.11—3.13（make PYTHON=python3.12 setup 可指定）。Python 3.11 to 3.13 is needed." >&2
    exit 2
}
if ! "$PYTHON" -c 'import ensurepip' >/dev/null 2>&1; then
    if may_install; then apt python3-venv; else
        echo "缺少 python3-venv：请管理员安装后重试。python3-venv is missing: ask an administrator to install it." >&2
        exit 2
    fi
fi
if ! command -v dpkg >/dev/null 2>&1; then
    command -v soffice >/dev/null 2>&1 || echo "没有 LibreOffice：不能读 .doc，标记为 office 的测试将跳过。No LibreOffice: .doc cannot be read; tests marked office are skipped."
elif missing=$(lacks); [ -n "$missing" ]; then
    if may_install; then
        echo "安装系统组件 installing: $missing"
        apt $missing || echo "未能安装 could not install: $missing"
    else
        echo "缺少系统组件（不影响主要功能；读 .doc 和标记为 office 的测试需要）missing, needed for .doc and tests marked office: $missing"
    fi
fi
[ -x .venv/bin/python ] || "$PYTHON" -m venv .venv
if ! cmp -s requirements/dev.txt "$stamp.lock" || ! cmp -s pyproject.toml "$stamp.project"; then
    echo "安装 Python 组件 installing the locked packages …"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
    cp requirements/dev.txt "$stamp.lock"
    cp pyproject.toml "$stamp.project"
fi
