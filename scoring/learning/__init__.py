"""Weights of the rankings, learnt from whom analysts would rather ask."""
