#!/usr/bin/env bash
# HiGHS 1.16.0 (highspy) prints a banner to standard output when the first solver object of a process is made.
# Expected: output_flag=False, PuLP's msg=False or redirecting sys.stdout keep a program's standard output clean.
# Observed: the two lines are written by compiled code inside the constructor, before any option can be set, and not through
# sys.stdout; a second object prints nothing. 1.15.1 prints nothing. A program whose output is JSON is broken by it.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat >"$work/answer.py" <<'PY'
import contextlib
import io
import json

import pulp

problem = pulp.LpProblem("p", pulp.LpMinimize)
x = pulp.LpVariable("x", 0, 10)
problem += x
problem += 2 * x >= 5
with contextlib.redirect_stdout(io.StringIO()):
    for _ in range(2):
        problem.solve(pulp.HiGHS(msg=False, output_flag=False))
print(json.dumps({"x": x.value()}))
PY
for version in 1.15.1 1.16.0; do
  python3 -m venv "$work/$version"
  "$work/$version/bin/python" -m pip install --quiet --disable-pip-version-check pulp==3.3.2 highspy==$version
  "$work/$version/bin/python" "$work/answer.py" >"$work/$version.out"
  echo "highspy $version: $(wc -l <"$work/$version.out") line(s), the first: $(head -n 1 "$work/$version.out" | cut -c 1-40)"
done
[ "$(wc -l <"$work/1.15.1.out")" = 1 ] && [ "$(grep -c '^Running HiGHS' "$work/1.16.0.out")" = 1 ] || { echo changed; exit 1; }
