"""Conversations of other platforms in and out: Polis bundles, lists of statements, open data.

Reading knows no database and bears any bytes: a bad row is noted by its line, the rest is kept. Writing makes rows
one after the other, so that neither way holds a whole conversation twice.
"""
