"""Which rows of a file are the same whole raw row again: every cell is compared, whether its column is used or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from configs.reading.raw import Cells


def raw_rows(cells: Cells, positions: Sequence[int]) -> pd.DataFrame:
    """Return rows of a file as trimmed text, a column for each of the file; one without a name is called by its place.

    Columns are in the order of their names, so that files with the same columns in another order compare alike.
    """
    import pandas as pd

    named = {**cells.columns, **{f"\0{place}": texts for place, texts in enumerate(cells.nameless)}}
    texts = {name: [named[name][i].strip() for i in positions] for name in sorted(named)}
    return pd.DataFrame(texts, dtype=object)


def repeated(raw: pd.DataFrame, key: pd.DataFrame) -> NDArray[np.bool_]:
    """Whether each row repeats an earlier one: the same text in every cell, and the same typed key.

    The text alone is not enough: the hour that the clock shows twice is one text and two times.
    """
    import pandas as pd

    whole = pd.concat(
        [raw.reset_index(drop=True), key.reset_index(drop=True).set_axis(range(key.shape[1]), axis=1)], axis=1
    )
    same: NDArray[np.bool_] = whole.duplicated(keep="first").to_numpy()
    return same
