# Dependencies: outside of its dependency_period one does not count, and those that are defined after it are
# not looked at any more.
--- objects
define host {
 use host
 host_name dependency-period
}
define service {
 use service
 host_name dependency-period
 service_description bad
 max_check_attempts 1
}
define service {
 use service
 host_name dependency-period
 service_description closed
 max_check_attempts 1
}
define servicedependency {
 host_name dependency-period
 service_description bad
 dependent_host_name dependency-period
 dependent_service_description closed
 notification_failure_criteria c
 dependency_period never
}
define service {
 use service
 host_name dependency-period
 service_description closed-last
 max_check_attempts 1
}
define servicedependency {
 host_name dependency-period
 service_description bad
 dependent_host_name dependency-period
 dependent_service_description closed-last
 notification_failure_criteria c
}
define servicedependency {
 host_name dependency-period
 service_description bad
 dependent_host_name dependency-period
 dependent_service_description closed-last
 notification_failure_criteria c,w
 dependency_period never
}
define service {
 use service
 host_name dependency-period
 service_description closed-first
 max_check_attempts 1
}
define servicedependency {
 host_name dependency-period
 service_description bad
 dependent_host_name dependency-period
 dependent_service_description closed-first
 notification_failure_criteria c,w
 dependency_period never
}
define servicedependency {
 host_name dependency-period
 service_description bad
 dependent_host_name dependency-period
 dependent_service_description closed-first
 notification_failure_criteria c
}
--- scenario
2	command	PROCESS_SERVICE_CHECK_RESULT;dependency-period;bad;2;dead
3	command	PROCESS_SERVICE_CHECK_RESULT;dependency-period;closed;2;dead
4	command	PROCESS_SERVICE_CHECK_RESULT;dependency-period;closed-last;2;dead
5	command	PROCESS_SERVICE_CHECK_RESULT;dependency-period;closed-first;2;dead
