"""Text to objects: the Nagios configuration language, read pass by pass. Nothing runs here.

Source text → raw definitions → resolved (templates) → expanded (groups, services per host) → built → checked.
Each pass returns a new value; `load` puts them together.
"""
