"""Our forecast beside its peers on real arrivals, same origins, one run; prints the tables of docs/forecasting.md.

python benchmarks/forecast.py --part dev --data ../shared/data            everything, slow the first time
python benchmarks/forecast.py --peers fast                                a few minutes
python benchmarks/forecast.py --cache /somewhere/peers                    answers of peers are kept there

Peers, in a virtual environment of their own: pip install statsforecast, then pip install -e '.[bench]'. In this order:
statsforecast asks for pandas below 3, runs on 3 all the same, and pip's complaint about it can be let be.
"""

from __future__ import annotations

import argparse
import logging
import sys
import warnings
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# This file is called forecast too; from its own folder it would hide the package.
sys.path[0] = str(ROOT)

PARTS = ("errors", "cost", "intraday")


def main() -> None:
    asked = _arguments()
    logging.disable(logging.INFO)
    warnings.simplefilter("ignore")
    if "errors" in asked.tables:
        _errors(asked)
    if "cost" in asked.tables:
        from benchmarks.forecasting.cost import cost_table

        print("\n### Seconds for many channels\n\n" + cost_table(asked.channels), flush=True)
    if "intraday" in asked.tables:
        from benchmarks.forecasting.today import today_table

        print("\n### The rest of the day\n\n" + today_table(asked.data), flush=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--part", choices=("dev", "held"), default="dev", help="held needs the whole histories")
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data", help="folder of the histories")
    parser.add_argument("--sets", default="", help="names, with commas; default: all")
    parser.add_argument("--peers", default="all", help="all, fast, none, or names with commas")
    parser.add_argument("--origins", type=int, default=8)
    parser.add_argument("--cache", type=Path, help="folder that keeps answers of peers between runs")
    parser.add_argument("--tables", default=",".join(PARTS), type=lambda text: text.split(","))
    parser.add_argument("--channels", type=int, default=100, help="most channels in the table of cost")
    return parser.parse_args()


def _errors(asked: argparse.Namespace) -> None:
    from benchmarks.forecasting import tables
    from benchmarks.forecasting.peers import FAST, PEERS
    from benchmarks.forecasting.runs import OURS, OURS_FAST, answers
    from benchmarks.forecasting.sets import SIX

    peers = {"all": tuple(PEERS), "fast": FAST, "none": FAST[:1]}.get(asked.peers) or tuple(asked.peers.split(","))
    found = []
    for name in asked.sets.split(",") if asked.sets else (*SIX, "bank5"):
        print(f"{name} ...", file=sys.stderr, flush=True)
        # On slots of five minutes the seasons of these two are too long.
        fit = [who for who in peers if name != "bank5" or who not in {"MSTL", "MFLES"}]
        found.extend(answers(asked.data, name, asked.part, [OURS, OURS_FAST, *fit], asked.origins, asked.cache))
    board = tables.Board(found)
    print(f"### Error per interval (WAPE), first 7 days\n\n{tables.errors(board, 7)}\n")
    print(f"### Error per interval (WAPE), 28 days\n\n{tables.errors(board, 28)}\n")
    print(
        f"`{tables.MARKED}` two origins only (the first and the last); ours is compared on the same two, and such a peer is not the best one.\n"
    )
    print(f"### Against each peer\n\n{tables.summary(board)}\n")
    print(f"### Intervals\n\n{tables.intervals(board)}\n")
    print(f"### Seconds per forecast (median)\n\n{tables.seconds(board)}", flush=True)


if __name__ == "__main__":
    main()
