#!/usr/bin/env bash
# Makes .venv and installs requirements.txt into it, when it is missing, broken or out of date.
# PYTHON=/path/to/python chooses the interpreter. Costs a few milliseconds when there is nothing to do.
set -euo pipefail
unset CDPATH
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."

readonly VENV=.venv
readonly STAMP=$VENV/installed-from

say() { printf '%s\n' "$*" >&2; }
fail() { say "error: $*"; exit 1; }

runs_and_is_recent() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }
can_make_venv() { "$1" -c 'import ensurepip, venv' >/dev/null 2>&1; }
minor_version() { "$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])'; }

# Prints the interpreter to use, or nothing.
find_python() {
  local candidate
  if [ -n "${PYTHON:-}" ]; then
    runs_and_is_recent "$PYTHON" || fail "PYTHON=$PYTHON is not a Python 3.11 or later that runs here."
    can_make_venv "$PYTHON" || fail "PYTHON=$PYTHON cannot make virtual environments (its module ensurepip is missing)."
    printf '%s\n' "$PYTHON"
    return
  fi
  for candidate in python3 python3.14 python3.13 python3.12 python3.11 python /usr/bin/python3; do
    if runs_and_is_recent "$candidate" && can_make_venv "$candidate"; then
      printf '%s\n' "$candidate"
      return
    fi
  done
}

# Debian ships Python without ensurepip; as root that is ours to mend, otherwise it is the person's.
install_python() {
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    say "No Python 3.11 or later that can make virtual environments: installing python3-venv with apt."
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -q >&2 && apt-get install -q -y --no-install-recommends python3 python3-venv >&2 || true
  fi
}

make_venv() {
  local python
  python=$(find_python)
  if [ -z "$python" ]; then
    install_python
    python=$(find_python)
  fi
  [ -n "$python" ] || fail "no Python 3.11 or later that can make virtual environments was found." \
    "Install one (on Debian or Ubuntu: sudo apt install python3 python3-venv), or name it: make PYTHON=/path/to/python ..."
  say "Making a virtual environment in $VENV with $("$python" --version) ($(command -v "$python"))."
  "$python" -m venv --clear "$VENV"
}

# An interrupted set-up, an upgraded system Python or another PYTHON leave an environment that is of no use.
venv_is_usable() {
  runs_and_is_recent "$VENV/bin/python" && "$VENV/bin/python" -m pip --version >/dev/null 2>&1 || return 1
  [ -z "${PYTHON:-}" ] || [ "$(minor_version "$PYTHON")" = "$(minor_version "$VENV/bin/python")" ]
}

# What the installation depends on, word for word. The folder belongs to it: `-e .` records where it is.
installed_from() { pwd -P; cat requirements.txt pyproject.toml; }

venv_is_current() {
  [ -f "$STAMP" ] && installed_from | cmp -s - "$STAMP" && runs_and_is_recent "$VENV/bin/python" || return 1
  [ -z "${PYTHON:-}" ] || [ "$(minor_version "$PYTHON")" = "$(minor_version "$VENV/bin/python")" ]
}

if ! venv_is_current; then
  venv_is_usable || make_venv
  rm -f -- "$STAMP"
  say "Installing requirements.txt into $VENV (a few minutes the first time)."
  "$VENV/bin/python" -m pip install --quiet --disable-pip-version-check -r requirements.txt \
    || fail "the installation did not finish; what pip says about it stands above. Running the same command again goes on from here."
  installed_from > "$STAMP"
fi
