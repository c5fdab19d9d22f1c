# Dependencies: with soft_state_dependencies a soft problem of the master counts.
--- main
soft_state_dependencies=1
--- objects
define host {
 use host
 host_name dependency-soft-master
}
define host {
 use host
 host_name dependency-soft-dependent
}
define service {
 use service
 host_name dependency-soft-master
 service_description web
 max_check_attempts 3
}
define service {
 use service
 host_name dependency-soft-dependent
 service_description web
 max_check_attempts 1
}
define servicedependency {
 host_name dependency-soft-master
 service_description web
 dependent_host_name dependency-soft-dependent
 dependent_service_description web
 notification_failure_criteria c
}
define hostdependency {
 host_name dependency-soft-master
 dependent_host_name dependency-soft-dependent
 notification_failure_criteria d
}
--- scenario
2	command	PROCESS_SERVICE_CHECK_RESULT;dependency-soft-master;web;2;dead
3	command	PROCESS_SERVICE_CHECK_RESULT;dependency-soft-dependent;web;2;dead
4	command	PROCESS_SERVICE_CHECK_RESULT;dependency-soft-master;web;0;fine
5	command	PROCESS_SERVICE_CHECK_RESULT;dependency-soft-dependent;web;2;dead
6	host	dependency-soft-master	2	gone
8	command	PROCESS_HOST_CHECK_RESULT;dependency-soft-dependent;1;gone
9	host	dependency-soft-master	0	here
11	command	PROCESS_HOST_CHECK_RESULT;dependency-soft-dependent;1;gone
