# Services that recover while their host is DOWN: a hard recovery; who was told of the problem is told after
# the outage.
--- differs: 4.4.6 tells a recovery with the result that brings it or never
--- objects
define host {
 use host
 host_name outage-recovery
}
define service {
 use service
 host_name outage-recovery
 service_description told-before
 max_check_attempts 1
}
define service {
 use service
 host_name outage-recovery
 service_description born-bad
}
--- scenario
2	command	PROCESS_SERVICE_CHECK_RESULT;outage-recovery;told-before;2;dead
3	command	PROCESS_HOST_CHECK_RESULT;outage-recovery;1;gone
4	command	PROCESS_SERVICE_CHECK_RESULT;outage-recovery;born-bad;2;dead
5	command	PROCESS_SERVICE_CHECK_RESULT;outage-recovery;told-before;0;fine
5	command	PROCESS_SERVICE_CHECK_RESULT;outage-recovery;born-bad;0;fine
6	command	PROCESS_SERVICE_CHECK_RESULT;outage-recovery;told-before;0;fine
7	command	PROCESS_HOST_CHECK_RESULT;outage-recovery;0;here
8	command	PROCESS_SERVICE_CHECK_RESULT;outage-recovery;told-before;0;fine
8	command	PROCESS_SERVICE_CHECK_RESULT;outage-recovery;born-bad;0;fine
9	command	PROCESS_SERVICE_CHECK_RESULT;outage-recovery;told-before;0;fine
