# Reachability: a parent's soft problem counts, and a change between DOWN and UNREACHABLE keeps counting
# attempts.
--- objects
define host {
 use host
 host_name host-unreachable-soft-router
 max_check_attempts 3
}
define host {
 use host
 host_name host-unreachable-soft-server
 max_check_attempts 3
 parents host-unreachable-soft-router
}
--- scenario
2	host	host-unreachable-soft-router	2	gone
4	host	host-unreachable-soft-server	2	gone
6	host	host-unreachable-soft-router	0	here
8	host	host-unreachable-soft-server	2	gone
10	host	host-unreachable-soft-server	2	gone
12	host	host-unreachable-soft-server	0	here
