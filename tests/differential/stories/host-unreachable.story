# Reachability: a host none of whose parents is UP is UNREACHABLE instead of DOWN. It is decided anew with
# every result, and a change between the two is a change of state.
--- objects
define host {
 use host
 host_name host-unreachable-router
 max_check_attempts 1
}
define host {
 use host
 host_name host-unreachable-server
 max_check_attempts 2
 parents host-unreachable-router
}
--- scenario
2	host	host-unreachable-server	0	here
3	host	host-unreachable-router	2	gone
5	host	host-unreachable-server	2	gone
6	host	host-unreachable-server	2	gone
8	host	host-unreachable-router	0	here
10	host	host-unreachable-server	2	gone
12	host	host-unreachable-router	2	gone
14	host	host-unreachable-server	2	gone
16	host	host-unreachable-router	0	here
18	host	host-unreachable-server	0	here
