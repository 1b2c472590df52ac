"""`make bench`: how long build, pages, figures and the first chart take, beside their targets.

Machines differ, so what counts are ratios taken in one run; seconds are shown to read them by.
"""
