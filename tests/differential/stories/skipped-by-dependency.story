# Execution dependencies: a check that may not run puts the service into the state of
# service_skip_check_dependency_status in silence, which the next result shows. A forced check runs all the
# same.
--- differs: 4.4.6 takes the OK result after a skipped check for a soft recovery
--- main
service_skip_check_dependency_status=3
host_skip_check_dependency_status=1
service_skip_check_parent_status=2
service_skip_check_host_down_status=1
host_down_disable_service_checks=1
cached_host_check_horizon=0
--- objects
define host {
 use host
 host_name skipped-by-dependency
}
define service {
 use service
 host_name skipped-by-dependency
 service_description master
 max_check_attempts 1
}
define service {
 use service
 host_name skipped-by-dependency
 service_description dependent
}
define service {
 use service
 host_name skipped-by-dependency
 service_description inheriting
}
define service {
 use service
 host_name skipped-by-dependency
 service_description closed
}
define servicedependency {
 host_name skipped-by-dependency
 service_description master
 dependent_host_name skipped-by-dependency
 dependent_service_description dependent
 execution_failure_criteria c
}
define servicedependency {
 host_name skipped-by-dependency
 service_description dependent
 dependent_host_name skipped-by-dependency
 dependent_service_description inheriting
 execution_failure_criteria w
 inherits_parent 1
}
define servicedependency {
 host_name skipped-by-dependency
 service_description master
 dependent_host_name skipped-by-dependency
 dependent_service_description closed
 execution_failure_criteria c
 dependency_period never
}
--- scenario
2	command	PROCESS_SERVICE_CHECK_RESULT;skipped-by-dependency;master;2;dead
3	command	PROCESS_SERVICE_CHECK_RESULT;skipped-by-dependency;dependent;0;fine
3	command	PROCESS_SERVICE_CHECK_RESULT;skipped-by-dependency;inheriting;0;fine
3	command	PROCESS_SERVICE_CHECK_RESULT;skipped-by-dependency;closed;0;fine
4	command	SCHEDULE_SVC_CHECK;skipped-by-dependency;dependent;@+4@
4	command	SCHEDULE_SVC_CHECK;skipped-by-dependency;inheriting;@+4@
4	command	SCHEDULE_SVC_CHECK;skipped-by-dependency;closed;@+4@
6	command	PROCESS_SERVICE_CHECK_RESULT;skipped-by-dependency;dependent;0;fine
6	command	PROCESS_SERVICE_CHECK_RESULT;skipped-by-dependency;inheriting;0;fine
6	command	PROCESS_SERVICE_CHECK_RESULT;skipped-by-dependency;closed;0;fine
7	command	SCHEDULE_FORCED_SVC_CHECK;skipped-by-dependency;dependent;@+7@
9	service	skipped-by-dependency	dependent	0	fine
11	command	PROCESS_SERVICE_CHECK_RESULT;skipped-by-dependency;master;0;fine
12	command	SCHEDULE_SVC_CHECK;skipped-by-dependency;dependent;@+12@
14	service	skipped-by-dependency	dependent	0	fine
