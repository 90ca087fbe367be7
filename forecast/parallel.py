"""Many channels at once: one after another, on the cores of this machine, or on a dask cluster."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Literal, TypeVar

from configs.errors import DataError, Fault

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager

Backend = Literal["loky", "dask"]
Item = TypeVar("Item")
Done = TypeVar("Done")


@dataclass(frozen=True)
class Parallelism:
    """How many processes work, and where; see `each`."""

    jobs: int = 1
    backend: Backend = "loky"


def each(work: Callable[[Item], Done], items: Sequence[Item], jobs: int = 1, backend: Backend = "loky") -> list[Done]:
    """Do `work` for every item, in order; the results do not depend on `jobs` or `backend`.

    Parameters
    ----------
    work
        A function that can be pickled.
    items
        What it is done for.
    jobs
        Processes at once; -1 for every core. 1 starts none.
    backend
        ``loky`` for this machine; ``dask`` for the cluster the program is connected to, or that of the environment
        variable ``DASK_SCHEDULER_ADDRESS``.

    Raises
    ------
    DataError
        When `jobs` is 0, or dask is asked for and not installed.
    """
    checked_jobs(jobs)
    if backend == "dask" and find_spec("distributed") is None:
        raise DataError(
            Fault("backend", '"dask" needs dask.distributed; install it with: pip install "staffcurve[cluster]"')
        )
    if backend == "loky" and (jobs == 1 or len(items) < 2):
        return [work(item) for item in items]
    from joblib import Parallel, delayed, parallel_config

    with _cluster() if backend == "dask" else nullcontext(), parallel_config(backend=backend, n_jobs=jobs):
        return list(Parallel()(delayed(work)(item) for item in items))


def checked_jobs(jobs: int) -> int:
    """Return the number of processes.

    Raises
    ------
    DataError
        It is neither 1 or more nor -1.
    """
    if jobs == 0 or jobs < -1:
        raise DataError(Fault("jobs", f"{jobs} is not a number of processes; write 1 or more, or -1 for every core"))
    return jobs


def _cluster() -> AbstractContextManager[object]:
    """The cluster in use; without one, that of DASK_SCHEDULER_ADDRESS, else one on this machine for the while."""
    from distributed import Client, get_client  # pyright: ignore[reportMissingImports] - the extra "cluster"

    try:
        return nullcontext(get_client())
    except ValueError:
        client: AbstractContextManager[object] = Client()
        return client
