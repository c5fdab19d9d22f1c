"""The project's own benchmarks: whole processes, measured from outside, beside peers where they are installed.

A benchmark prints a table and never a verdict; no test depends on one.
"""
