# Host states: a recovery from a soft problem has attempt 1 and nobody is told.
--- objects
define host {
 use host
 host_name host-soft-recovery
 max_check_attempts 4
}
--- scenario
2	host	host-soft-recovery	2	gone
3	host	host-soft-recovery	0	here
4	host	host-soft-recovery	2	gone
5	host	host-soft-recovery	2	gone
6	host	host-soft-recovery	2	gone
7	host	host-soft-recovery	0	here
8	host	host-soft-recovery	0	here
