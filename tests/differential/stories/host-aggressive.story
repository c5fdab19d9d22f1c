# Host states: with use_aggressive_host_checking exit code 1 is DOWN.
--- main
use_aggressive_host_checking=1
--- objects
define host {
 use host
 host_name host-aggressive
 max_check_attempts 2
}
--- scenario
2	host	host-aggressive	1	nearly gone
3	host	host-aggressive	1	nearly gone
4	host	host-aggressive	0	here
5	host	host-aggressive	2	gone
6	host	host-aggressive	1	nearly gone
7	host	host-aggressive	0	here
