# Notification dependencies: with inherits_parent those of the master count, too.
--- objects
define host {
 use host
 host_name dependency-inherited
}
define service {
 use service
 host_name dependency-inherited
 service_description first
 max_check_attempts 1
}
define service {
 use service
 host_name dependency-inherited
 service_description second
 max_check_attempts 1
}
define service {
 use service
 host_name dependency-inherited
 service_description third
 max_check_attempts 1
}
define service {
 use service
 host_name dependency-inherited
 service_description third-alone
 max_check_attempts 1
}
define servicedependency {
 host_name dependency-inherited
 service_description first
 dependent_host_name dependency-inherited
 dependent_service_description second
 notification_failure_criteria c
}
define servicedependency {
 host_name dependency-inherited
 service_description second
 dependent_host_name dependency-inherited
 dependent_service_description third
 notification_failure_criteria u
 inherits_parent 1
}
define servicedependency {
 host_name dependency-inherited
 service_description second
 dependent_host_name dependency-inherited
 dependent_service_description third-alone
 notification_failure_criteria u
}
--- scenario
2	command	PROCESS_SERVICE_CHECK_RESULT;dependency-inherited;first;2;dead
3	command	PROCESS_SERVICE_CHECK_RESULT;dependency-inherited;third;2;dead
3	command	PROCESS_SERVICE_CHECK_RESULT;dependency-inherited;third-alone;2;dead
4	command	PROCESS_SERVICE_CHECK_RESULT;dependency-inherited;first;0;fine
5	command	PROCESS_SERVICE_CHECK_RESULT;dependency-inherited;third;2;dead
