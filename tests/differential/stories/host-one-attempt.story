# Host states: with max_check_attempts 1 a host is hard DOWN at once.
--- objects
define host {
 use host
 host_name host-one-attempt
 max_check_attempts 1
}
--- scenario
2	host	host-one-attempt	0	here
3	host	host-one-attempt	2	gone
4	host	host-one-attempt	2	gone
5	host	host-one-attempt	0	here
6	host	host-one-attempt	2	gone
