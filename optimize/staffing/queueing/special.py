"""The two numbers behind every queue here, accurate to 1e-12 from one agent to 100,000.

``1/B`` sums the states below saturation, Palm's function ``A`` those above it, both relative to the state where the
last agent is taken. Each is an incomplete gamma function over a Poisson term, whose plain form ``exp(n log a - a - log
n!)`` loses ten digits at 100,000 Erlang; the saddle-point form loses none.

All functions take float arrays of equal shape and real-valued agents.

References
----------
Loader (2000), Fast and accurate computation of binomial probabilities (saddle-point form).
Palm (1957), Research on telephone traffic carried by full availability groups (the function A).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Array = NDArray[np.float64]

_HALF_LOG_2PI = 0.5 * np.log(2 * np.pi)
_FAR_LOG = -200.0  # below this log of the Poisson term, far into the tail, the plain series is shorter and more exact
NOBODY = 1e-100  # agents; fewer would run out of the range of the gamma function
_NEAR = 0.125  # relative distance from the mean within which the deviance is summed as a series
_MOST_TERMS = 40_000
_BLOCK = 32  # terms between two looks at which rows are finished


def log_poisson(n: Array, a: Array) -> Array:
    """Logarithm of ``a**n * exp(-a) / Gamma(n + 1)`` for n >= 0 and a > 0, by the saddle-point form."""
    some = n > NOBODY
    every = bool(some.all())
    counted = n if every else np.where(some, n, 1.0)
    log_p = np.log(counted)
    log_p *= -0.5
    log_p -= _stirling_remainder(counted)
    log_p -= _deviance(counted, a)
    log_p -= _HALF_LOG_2PI
    return log_p if every else np.where(some, log_p, -a)


def inverse_erlang_b(n: Array, a: Array) -> Array:
    """One over the blocking probability, ``Q(n+1, a) / p(n; a)``, for n >= 0 and a > 0; inf where it overflows."""
    from scipy.special import gammaincc

    log_p = log_poisson(n, a)
    with np.errstate(over="ignore", under="ignore", invalid="ignore"):
        inverse = gammaincc(n + 1.0, a) * np.exp(-log_p)
    return _mended(inverse, (log_p < _FAR_LOG) & (a > n), n, a, _falling_series)


def palm(x: Array, y: Array) -> Array:
    """Palm's function ``1 + sum_j y**j / ((x+1)...(x+j)) = P(x, y) / p(x; y)``, x, y > 0; inf where it overflows."""
    return palm_and_gamma(x, y)[0]


def palm_and_gamma(x: Array, y: Array) -> tuple[Array, Array]:
    """Palm's function, and the lower incomplete gamma function ``P(x, y)`` it is made of, which may underflow."""
    from scipy.special import gammainc

    log_p, below = log_poisson(x, y), gammainc(x, y)
    with np.errstate(over="ignore", under="ignore", invalid="ignore"):
        value = below * np.exp(-log_p)
    return _mended(value, (log_p < _FAR_LOG) & (y < x), x, y, lambda u, v: rising_series(u, v)[0]), below


def gamma_ratio(x: Array, y: Array, decay: Array, below: Array, more: float = 0.0) -> Array:
    """``(x/y)**more P(x + more, y e**-decay) / P(x, y)`` for `more` of 0 or 1, also where the functions underflow.

    `below` is ``P(x, y)``. With 1 it is the share of waiting customers who are served after the wait that `decay`
    stands for, since ``P(x+1, y) = P(x, y) (1 - 1/A)``: nothing cancels and one function is saved.
    """
    from scipy.special import gammainc

    u = y * np.exp(-decay)
    lower = gammainc(x + more, u)
    far = below < 1e-280
    with np.errstate(under="ignore"):
        ratio = lower / np.where(far, 1.0, below)
    if more:
        ratio *= x / y
    if far.any():
        xf, yf, df, uf = x[far], y[far], decay[far], np.maximum(u[far], 1e-300)
        with np.errstate(under="ignore"):
            tilt = np.exp(np.minimum(-xf * df - yf * np.expm1(-df), 0.0))
        ratio[far] = tilt * palm(xf + more, uf) / palm(xf, yf)
        if more:
            ratio[far] *= np.exp(-df) * xf / (xf + 1.0)  # the Poisson term of x + 1 over that of x
    return np.clip(ratio, 0.0, 1.0)


def rising_series(x: Array, y: Array) -> tuple[Array, Array]:
    """``sum t_j`` and ``sum j t_j`` of Palm's series; all terms are positive, so nothing cancels."""
    total, moment, term = np.ones_like(x), np.zeros_like(x), np.ones_like(x)
    live = np.arange(x.size)
    first = 1
    while live.size and first < _MOST_TERMS:
        t, s, m = term[live], total[live], moment[live]
        for j in range(first, first + _BLOCK):
            t = t * y[live] / (x[live] + j)
            s = s + t
            m = m + j * t
        term[live], total[live], moment[live] = t, s, m
        first += _BLOCK
        ratio = np.minimum(y[live] / (x[live] + first), 1.0)
        live = live[t * (1.0 + first) > 1e-17 * s * (1.0 - ratio)]
    return total, moment


def _falling_series(n: Array, a: Array) -> Array:
    """``1/B`` as ``1 + n/a + n(n-1)/a**2 + ...``, short where a lies far above n."""
    total, term = np.ones_like(a), np.ones_like(a)
    live = np.arange(a.size)
    for k in range(_MOST_TERMS):
        term[live] *= (n[live] - k) / a[live]
        total[live] += term[live]
        live = live[np.abs(term[live]) > 1e-17 * total[live] * (1.0 - n[live] / a[live])]
        if not live.size:
            break
    return total


def _mended(value: Array, far: NDArray[np.bool_], u: Array, v: Array, series: Callable[[Array, Array], Array]) -> Array:
    """Replace values out of range by their series."""
    if far.any():
        value = np.array(value)
        value[far] = series(u[far], v[far])
    return value


def _stirling_remainder(n: Array) -> Array:
    """``log Gamma(n+1) - ((n + 1/2) log n - n + log(2 pi) / 2)`` for n > 0."""
    from scipy.special import gammaln

    small = n <= 15.0
    big = np.maximum(n, 15.0)
    z = 1.0 / (big * big)
    remainder = z * (-1 / 1188)
    for part in (1 / 1680, -1 / 1260, 1 / 360, -1 / 12):
        remainder += part
        remainder *= z
    remainder *= -big
    if small.any():
        few = n[small]
        remainder[small] = gammaln(few + 1.0) - (few + 0.5) * np.log(few) + few - _HALF_LOG_2PI
    return remainder


def _deviance(n: Array, a: Array) -> Array:
    """``n log(n/a) + a - n`` without cancellation: near n = a by the series in ``(n-a)/(n+a)``."""
    gap = n - a
    v = gap / (n + a)
    w = v * v
    tail = w * (1 / 19)
    for odd in range(17, 3, -2):
        tail += 1 / odd
        tail *= w
    tail += 1 / 3
    deviance = gap * v + 2.0 * n * v * w * tail
    far = np.abs(v) > _NEAR
    if far.any():
        nf, af, gf = n[far], a[far], gap[far]
        with np.errstate(over="ignore"):
            log = np.where(nf < 0.5 * af, np.log(nf / af), np.log1p(np.maximum(gf / af, -0.5)))
        deviance[far] = nf * log - gf
    return deviance
