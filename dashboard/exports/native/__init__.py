"""Figures as what office programs draw themselves."""
