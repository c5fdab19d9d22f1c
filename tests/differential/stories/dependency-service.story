# Notification dependencies: a service is not told of while another one is in one of the states that the
# dependency names; when it has left them the next result is told. OK can be named, too. Recoveries are kept
# back as well.
--- differs: 4.4.6 tells a recovery with the result that brings it or never
--- objects
define host {
 use host
 host_name dependency-service
}
define service {
 use service
 host_name dependency-service
 service_description master
 max_check_attempts 1
}
define service {
 use service
 host_name dependency-service
 service_description warning-or-critical
 max_check_attempts 1
}
define service {
 use service
 host_name dependency-service
 service_description unknown
 max_check_attempts 1
}
define service {
 use service
 host_name dependency-service
 service_description ok
 max_check_attempts 1
}
define servicedependency {
 host_name dependency-service
 service_description master
 dependent_host_name dependency-service
 dependent_service_description warning-or-critical
 notification_failure_criteria w,c
}
define servicedependency {
 host_name dependency-service
 service_description master
 dependent_host_name dependency-service
 dependent_service_description unknown
 notification_failure_criteria u
}
define servicedependency {
 host_name dependency-service
 service_description master
 dependent_host_name dependency-service
 dependent_service_description ok
 notification_failure_criteria o
}
--- scenario
2	command	PROCESS_SERVICE_CHECK_RESULT;dependency-service;master;1;slow
3	command	PROCESS_SERVICE_CHECK_RESULT;dependency-service;warning-or-critical;2;dead
3	command	PROCESS_SERVICE_CHECK_RESULT;dependency-service;unknown;2;dead
3	command	PROCESS_SERVICE_CHECK_RESULT;dependency-service;ok;2;dead
4	command	PROCESS_SERVICE_CHECK_RESULT;dependency-service;master;3;who knows
5	command	PROCESS_SERVICE_CHECK_RESULT;dependency-service;warning-or-critical;2;dead
5	command	PROCESS_SERVICE_CHECK_RESULT;dependency-service;unknown;1;slow
5	command	PROCESS_SERVICE_CHECK_RESULT;dependency-service;ok;1;slow
6	command	PROCESS_SERVICE_CHECK_RESULT;dependency-service;master;0;fine
7	command	PROCESS_SERVICE_CHECK_RESULT;dependency-service;warning-or-critical;2;dead
7	command	PROCESS_SERVICE_CHECK_RESULT;dependency-service;unknown;1;slow
7	command	PROCESS_SERVICE_CHECK_RESULT;dependency-service;ok;2;dead
8	command	PROCESS_SERVICE_CHECK_RESULT;dependency-service;master;2;dead
9	command	PROCESS_SERVICE_CHECK_RESULT;dependency-service;warning-or-critical;0;fine
9	command	PROCESS_SERVICE_CHECK_RESULT;dependency-service;unknown;0;fine
9	command	PROCESS_SERVICE_CHECK_RESULT;dependency-service;ok;0;fine
10	command	PROCESS_SERVICE_CHECK_RESULT;dependency-service;warning-or-critical;0;fine
11	command	PROCESS_SERVICE_CHECK_RESULT;dependency-service;master;0;fine
12	command	PROCESS_SERVICE_CHECK_RESULT;dependency-service;warning-or-critical;0;fine
