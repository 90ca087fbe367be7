#!/usr/bin/env bash
# HiGHS 1.15.1 and 1.16.0 (highspy) keep one pool of threads per process, and PuLP 3.3.2 does not notice.
# Expected: "threads" belongs to the model, so that a second model may ask for another number.
# Observed: the second model is not solved. HiGHS returns kError and the model status kNotset and raises nothing; through
# PuLP the same model ends as "Not Solved". Highs.resetGlobalScheduler(True) between the two makes it work.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat >"$work/twice.py" <<'PY'
import highspy
import pulp


def status(threads):
    problem = pulp.LpProblem("p", pulp.LpMinimize)
    x = pulp.LpVariable("x", 0, 10, cat="Integer")
    problem += x
    problem += 2 * x >= 5
    problem.solve(pulp.HiGHS(msg=False, threads=threads))
    return pulp.LpStatus[problem.status]


seen = [status(2), status(1)]
highspy.Highs.resetGlobalScheduler(True)
seen.append(status(1))
print(highspy.Highs().version(), seen)
assert seen == ["Optimal", "Not Solved", "Optimal"], "changed"
PY
for version in 1.15.1 1.16.0; do
  python3 -m venv "$work/$version"
  "$work/$version/bin/python" -m pip install --quiet --disable-pip-version-check pulp==3.3.2 highspy==$version
  "$work/$version/bin/python" "$work/twice.py"
done
