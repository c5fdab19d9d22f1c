"""Files that other tools read and write: Nagios' log, status, retention, command pipe, spool, performance data.

Everything here is asked for by a directive of the main file and touches nothing else. The rules of monitoring
are the core's; what is stored is the engine's. A trouble with one of these files is an alarm, never a reason to
stop watching.
"""
