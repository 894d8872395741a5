#!/usr/bin/env python3
"""Computes emodel.tsv, the scores that EModelScores.cs asks for. Written from ITU-T G.107 and G.113 by itself, in exact fractions:

    python3 emodel.py > emodel.tsv

Columns: payload type, packets missing (0 to 1), burst ratio, one-way delay in ms, R, MOS.
"""
from fractions import Fraction as F

# payload type: (Ie, Bpl)
CODECS = {0: (F(0), F("25.1")), 8: (F(0), F("25.1")), 3: (F(20), F(10)), 4: (F(15), F("16.1")), 18: (F(11), F(19))}
MISSING = ["0", "0.001", "0.005", "0.01", "0.02", "0.03", "0.05", "0.1", "0.2", "0.35", "0.6", "1"]
BURST_RATIOS = ["1", "1.5", "2", "4.75"]
DELAYS = ["0", "20", "100", "177.3", "178", "250", "400", "1000"]


def rating(codec, missing, burst, delay):
    equipment, robustness = codec
    percent = 100 * missing
    effective = equipment + (95 - equipment) * percent / (percent / burst + robustness)
    impairment = F(24, 1000) * delay
    if delay > F("177.3"):
        impairment += F(11, 100) * (delay - F("177.3"))
    return max(F(0), min(F(100), F("93.2") - impairment - effective))


def score(r):
    if r <= 0:
        return F(1)
    if r >= 100:
        return F("4.5")
    return max(F(1), 1 + F(35, 1000) * r + F(7, 10**6) * r * (r - 60) * (100 - r))


for number, codec in CODECS.items():
    for missing in MISSING:
        for burst in BURST_RATIOS:
            for delay in DELAYS:
                r = rating(codec, F(missing), F(burst), F(delay))
                print(number, missing, burst, delay, f"{float(r):.9f}", f"{float(score(r)):.9f}", sep="\t")
