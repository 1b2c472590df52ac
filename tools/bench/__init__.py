"""`make bench`: how long the build, the pages and the first chart take, beside their targets.

Machines differ, so what counts are ratios taken in one run; seconds are shown to read them by.
"""
