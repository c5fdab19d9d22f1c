# Notification dependencies of hosts keep the dependent host quiet, and its services.
--- objects
define host {
 use host
 host_name dependency-host-master
}
define host {
 use host
 host_name dependency-host-down
}
define host {
 use host
 host_name dependency-host-unreachable
}
define service {
 use service
 host_name dependency-host-down
 service_description web
 max_check_attempts 1
}
define hostdependency {
 host_name dependency-host-master
 dependent_host_name dependency-host-down
 notification_failure_criteria d
}
define hostdependency {
 host_name dependency-host-master
 dependent_host_name dependency-host-unreachable
 notification_failure_criteria u
}
--- scenario
2	command	PROCESS_HOST_CHECK_RESULT;dependency-host-master;1;gone
3	command	PROCESS_HOST_CHECK_RESULT;dependency-host-unreachable;1;gone
3	command	PROCESS_SERVICE_CHECK_RESULT;dependency-host-down;web;2;dead
4	command	PROCESS_HOST_CHECK_RESULT;dependency-host-down;1;gone
5	command	PROCESS_HOST_CHECK_RESULT;dependency-host-master;2;cut off
6	command	PROCESS_HOST_CHECK_RESULT;dependency-host-down;1;gone
6	command	PROCESS_HOST_CHECK_RESULT;dependency-host-unreachable;2;cut off
7	command	PROCESS_HOST_CHECK_RESULT;dependency-host-down;0;here
8	command	PROCESS_SERVICE_CHECK_RESULT;dependency-host-down;web;2;dead
9	command	PROCESS_HOST_CHECK_RESULT;dependency-host-master;0;here
10	command	PROCESS_HOST_CHECK_RESULT;dependency-host-unreachable;2;cut off
11	command	PROCESS_HOST_CHECK_RESULT;dependency-host-unreachable;0;here
