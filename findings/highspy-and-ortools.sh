#!/usr/bin/env bash
# highspy 1.15.1 and OR-Tools 9.15.6755 (Linux x86-64, CPython 3.11) cannot be imported into one process, in either order.
# Each includes its own HiGHS. The one loaded first resolves the symbols of the other, which differ.
# Expected: two wheels with bundled libraries do not see each other.
# Observed: the second import raises ImportError with "undefined symbol". Each can be imported alone.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check highspy==1.15.1 ortools==9.15.6755
cd "$work"

second_fails() {
  local said
  if said=$("$work/venv/bin/python" -c "import $1; import $2" 2>&1); then
    echo "changed: $1, then $2 works"; exit 1
  fi
  grep -q "undefined symbol" <<<"$said" || { echo "changed: $said"; exit 1; }
  echo "$1, then $2: $(tail -n 1 <<<"$said" | sed 's/: .*undefined/: undefined/')"
}

for one in highspy ortools.linear_solver.pywraplp; do
  "$work/venv/bin/python" -c "import $one" || { echo "changed: $one alone fails"; exit 1; }
done
second_fails highspy ortools.linear_solver.pywraplp
second_fails ortools.linear_solver.pywraplp highspy
