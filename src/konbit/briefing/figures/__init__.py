"""Figures: Vega-Lite specifications made from a plan, each with its table and its sentence."""
