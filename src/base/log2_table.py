#!/usr/bin/env python3
"""Writes log2_table.inc, the constants of log2.h, to standard output.

Needs Python 3.6 or later and nothing else. `decimal` rounds ln correctly, so
60 digits leave no doubt about the 64-bit integers below."""
import decimal
from decimal import Decimal as D

decimal.getcontext().prec = 60
TABLE_BITS = 8
LOG_BITS = 58  # fraction bits of a logarithm
POLY_BITS = 71  # fraction bits of the polynomial
DEGREE = 4
STEPS = 1 << TABLE_BITS
LN2 = D(2).ln()


def nearest(x):
    return int(x.to_integral_value(decimal.ROUND_HALF_EVEN))


def table():
    log_of_a_million = D(10**6).ln() / LN2
    for i in range(STEPS):
        # The least integer with inverse / 2^63 >= 1 / (1 + i / 256).
        inverse = -(-(STEPS << 63) // (STEPS + i))
        log = -(D(inverse) / D(1 << 63)).ln() / LN2 - log_of_a_million
        # The half centres the truncation of the polynomial.
        yield inverse, nearest(log * (1 << LOG_BITS) + D("0.5")) % (1 << 64)


def cos(x):
    total = term = D(1)
    for n in range(1, 60):
        term *= -x * x / (2 * n * (2 * n - 1))
        total += term
    return total


def polynomial():
    """Interpolates log2(1 + r / 256) / r at the Chebyshev nodes of [0, 1]."""
    pi = D("3.14159265358979323846264338327950288419716939937510582097494")
    n = DEGREE + 1
    nodes = [(1 + cos(pi * (2 * j + 1) / (2 * n))) / 2 for j in range(n)]
    divided = [(1 + r / STEPS).ln() / LN2 / r for r in nodes]
    for level in range(1, n):
        for j in range(n - 1, level - 1, -1):
            divided[j] -= divided[j - 1]
            divided[j] /= nodes[j] - nodes[j - level]
    coefficients = [D(0)] * n
    for j in range(n - 1, -1, -1):  # Newton to monomial form, by Horner
        shifted = [D(0)] + coefficients[:-1]
        coefficients = [s - nodes[j] * c for s, c in zip(shifted, coefficients)]
        coefficients[0] += divided[j]
    for k, c in enumerate(coefficients):
        assert (c > 0) == (k % 2 == 0)  # the signs log2.h assumes
        yield nearest(abs(c) * (1 << POLY_BITS))


print("// Written by log2_table.py; log2.h says what it means.")
print("inline constexpr uint64_t kLog2Polynomial[] = {")
for c in polynomial():
    print(f"    0x{c:016x},")
print("};")
print("inline constexpr Log2Step kLog2Steps[] = {")
for inverse, log in table():
    print(f"    {{0x{inverse:016x}, 0x{log:016x}}},")
print("};")
