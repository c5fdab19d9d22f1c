# Reachability: one parent that is UP is enough to call a host DOWN.
--- objects
define host {
 use host
 host_name host-two-parents-left
 max_check_attempts 1
}
define host {
 use host
 host_name host-two-parents-right
 max_check_attempts 1
}
define host {
 use host
 host_name host-two-parents-server
 max_check_attempts 1
 parents host-two-parents-left,host-two-parents-right
}
--- scenario
2	host	host-two-parents-left	2	gone
4	host	host-two-parents-server	2	gone
6	host	host-two-parents-right	2	gone
8	host	host-two-parents-server	2	gone
10	host	host-two-parents-left	0	here
12	host	host-two-parents-server	2	gone
14	host	host-two-parents-server	0	here
