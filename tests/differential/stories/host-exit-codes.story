# Host states: exit code 1 is UP as long as use_aggressive_host_checking is off, every other one but 0 is
# DOWN; those out of 0 to 3 have texts of Nagios' own.
--- objects
define host {
 use host
 host_name host-exit-codes
 max_check_attempts 1
}
--- scenario
2	host	host-exit-codes	1	nearly gone
3	host	host-exit-codes	3	who knows
4	host	host-exit-codes	1	nearly gone
5	host	host-exit-codes	4	four
6	host	host-exit-codes	0	here
7	host	host-exit-codes	126	not executable
8	host	host-exit-codes	0	here
9	host	host-exit-codes	127	not found
10	host	host-exit-codes	0	here
11	host	host-exit-codes	255	minus one
