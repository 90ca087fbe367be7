#!/usr/bin/env bash
# highspy 1.15.1: installing highspy-extras 1.15.1 changes what solver="ipm" means; the program and its options stay the same.
# Expected: an extra adds the method "hipo" and leaves the others unchanged.
# Observed: without the extra "ipm" runs IPX, with it HiPO. Without crossover the interior point differs from about the
# fourth digit on, and so does everything rounded from it. "ipx" is the same method in both.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat >"$work/method.py" <<'PY'
import sys

import highspy

highs = highspy.Highs()
highs.setOptionValue("solver", sys.argv[1])
highs.setOptionValue("run_crossover", "off")
for _ in range(30):
    highs.addVar(0.0, 4.0)
for i in range(30):
    highs.changeColCost(i, 1.0 + i % 7)
    highs.addRow(3.0, highspy.kHighsInf, 3, [i, (i + 1) % 30, (i + 5) % 30], [1.0, 1.0, 2.0])
highs.setOptionValue("presolve", "off")
highs.run()
PY
for kind in without with; do
  python3 -m venv "$work/$kind"
  extra=""
  [ "$kind" = with ] && extra="highspy-extras==1.15.1"
  "$work/$kind/bin/python" -m pip install --quiet --disable-pip-version-check highspy==1.15.1 $extra
  for method in ipm ipx; do
    ran=$("$work/$kind/bin/python" "$work/method.py" $method | grep -oE "HiPO|IPX" | head -n 1)
    echo "$kind highspy-extras, solver=\"$method\": $ran"
    echo "$kind $method $ran" >>"$work/seen"
  done
done
printf '%s\n' "without ipm IPX" "without ipx IPX" "with ipm HiPO" "with ipx IPX" | diff - "$work/seen" || { echo changed; exit 1; }
