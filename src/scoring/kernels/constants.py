#!/usr/bin/env python3
"""Writes constants.inc, the constants of the kernels, to standard output, and
checks the bounds that kernel.h builds on.

Needs Python 3.9 or later and nothing else. Two ways to log2(m):

  table   1 <= m < 2. i is m's first four fraction bits, c_i the double nearest
          to 1 / (1 + (2i+1)/32), r = m * c_i - 1 (exact but for one rounding),
          so |r| <= 1/33 + 2^-53. log2(m) = -log2(c_i) + r * Q(r), Q of degree
          4 interpolating q(r) = log2(1+r) / r at the Chebyshev nodes of
          [-H, H]. |q^(5)| / 5! <= log2(e) / (6 (1-H)^6), so Q is off by at
          most that times 2 (H/2)^5.
  ratio   sqrt(1/2) <= m < sqrt(2). s = (m-1)/(m+1), z = s^2.
          log2(m) = s * G(z), G of degree 4 interpolating
          g(z) = 2 log2(e) (1 + z/3 + z^2/5 + ...) at the Chebyshev nodes of
          [0, Z]. |g^(5)| / 5! <= 2 log2(e) / (11 (1-Z)^6), so G is off by at
          most that times 2 (Z/4)^5.
"""
import decimal
from decimal import Decimal as D

decimal.getcontext().prec = 60
LN2 = D(2).ln()
LOG2E = 1 / LN2
LIMIT = D("1.5e-11")
H = D(1) / 33 + D("1e-15")
Z = D("0.0294373")  # above ((sqrt2 - 1) / (sqrt2 + 1))^2


def cos(x):
    total = term = D(1)
    for n in range(1, 60):
        term *= -x * x / (2 * n * (2 * n - 1))
        total += term
    return total


def interpolate(function, low, high, count):
    """The coefficients, lowest first, as exact decimals."""
    pi = D("3.14159265358979323846264338327950288419716939937510582097494")
    nodes = [(low + high) / 2 +
             (high - low) / 2 * cos(pi * (2 * j + 1) / (2 * count))
             for j in range(count)]
    divided = [function(x) for x in nodes]
    for level in range(1, count):
        for j in range(count - 1, level - 1, -1):
            divided[j] -= divided[j - 1]
            divided[j] /= nodes[j] - nodes[j - level]
    coefficients = [D(0)] * count
    for j in range(count - 1, -1, -1):  # Newton to monomial form, by Horner
        shifted = [D(0)] + coefficients[:-1]
        coefficients = [s - nodes[j] * c for s, c in zip(shifted, coefficients)]
        coefficients[0] += divided[j]
    return coefficients


def log2_over_r(r):
    # Near 0 the quotient loses its digits; 1 - r/2 is then exact enough.
    return (1 + r).ln() / LN2 / r if abs(r) > D("1e-25") else LOG2E * (1 - r / 2)


def atanh_series(z):
    return 2 * LOG2E * (1 + sum(z**k / (2 * k + 1) for k in range(1, 40)))


def horner(coefficients, x):
    total = D(0)
    for c in reversed(coefficients):
        total = total * x + c
    return total


def check(name, bound, measured):
    """The proof's bound holds the limit, and the facts hold the bound."""
    assert measured <= bound < LIMIT, (name, measured, bound)


def show(name, values):
    print(f"inline constexpr double {name}[] = {{")
    for value in values:
        print(f"    {float(value).hex()},")
    print("};")


def main():
    table = [D(float(D(32) / (32 + 2 * i + 1))) for i in range(16)]
    for i, c in enumerate(table):
        for edge in (16 + i, 17 + i):
            assert abs(edge * c / 16 - 1) <= H
    q = interpolate(log2_over_r, -H, H, 5)
    doubles = [D(float(c)) for c in q]
    steps = [H * D(j) / 200 for j in range(-200, 201)]
    check("table", H * 2 * (H / 2)**5 * LOG2E / (6 * (1 - H)**6) + D("1e-15"),
          max(abs(r * horner(doubles, r) - r * log2_over_r(r)) for r in steps))

    g = interpolate(atanh_series, D(0), Z, 5)
    doubles = [D(float(c)) for c in g]
    steps = [Z * D(j) / 400 for j in range(401)]
    check("ratio", Z.sqrt() * 2 * (Z / 4)**5 * 2 * LOG2E / (11 * (1 - Z)**6) +
          D("1e-15"),
          max(z.sqrt() * abs(horner(doubles, z) - atanh_series(z))
              for z in steps))

    print("// Written by constants.py, which says what it means.")
    show("kTableInverse", table)
    show("kTableLog2", [-c.ln() / LN2 for c in table])
    show("kTablePolynomial", q)
    show("kRatioPolynomial", g)
    print("inline constexpr double kLog2OfAMillion ="
          f" {float(D(10**6).ln() / LN2).hex()};")


main()
