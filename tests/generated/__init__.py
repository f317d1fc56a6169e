"""Editions made to order: by Hypothesis, of hostile words and odd sources, the same ones on every machine."""
