# Dependencies: the last hard state of the master counts while its problem is soft.
--- objects
define host {
 use host
 host_name dependency-hard
}
define service {
 use service
 host_name dependency-hard
 service_description master
 max_check_attempts 2
}
define service {
 use service
 host_name dependency-hard
 service_description dependent
 max_check_attempts 1
}
define servicedependency {
 host_name dependency-hard
 service_description master
 dependent_host_name dependency-hard
 dependent_service_description dependent
 notification_failure_criteria c
}
--- scenario
2	command	PROCESS_SERVICE_CHECK_RESULT;dependency-hard;master;2;dead
3	command	PROCESS_SERVICE_CHECK_RESULT;dependency-hard;dependent;2;dead
4	command	PROCESS_SERVICE_CHECK_RESULT;dependency-hard;master;2;dead
5	command	PROCESS_SERVICE_CHECK_RESULT;dependency-hard;dependent;1;slow
6	command	PROCESS_SERVICE_CHECK_RESULT;dependency-hard;master;0;fine
7	command	PROCESS_SERVICE_CHECK_RESULT;dependency-hard;dependent;1;slow
