# Dependencies: p for pending never counts; a service that was never checked is OK.
--- objects
define host {
 use host
 host_name dependency-pending
}
define service {
 use service
 host_name dependency-pending
 service_description master
}
define service {
 use service
 host_name dependency-pending
 service_description pending
 max_check_attempts 1
}
define service {
 use service
 host_name dependency-pending
 service_description ok
 max_check_attempts 1
}
define servicedependency {
 host_name dependency-pending
 service_description master
 dependent_host_name dependency-pending
 dependent_service_description pending
 notification_failure_criteria p
}
define servicedependency {
 host_name dependency-pending
 service_description master
 dependent_host_name dependency-pending
 dependent_service_description ok
 notification_failure_criteria o
}
--- scenario
2	command	PROCESS_SERVICE_CHECK_RESULT;dependency-pending;pending;2;dead
2	command	PROCESS_SERVICE_CHECK_RESULT;dependency-pending;ok;2;dead
3	command	PROCESS_SERVICE_CHECK_RESULT;dependency-pending;pending;0;fine
