"""Time periods in Nagios' language, with every form that a date can take."""

from atalaia.core.objects import TimePeriod

TEXT = """
define timeperiod {
    timeperiod_name  work
    alias            Working hours
    monday           09:00-12:00,13:00-17:30
    tuesday          09:00-12:00,13:00-17:30
    wednesday        09:00-12:00,13:00-17:30
    thursday         09:00-12:00,13:00-17:30
    friday           09:00-12:00,13:00-17:30
}
"""
