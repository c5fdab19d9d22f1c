# Switches of active checks: a check is not even asked for while they are off, so the service is not put into
# the state for skipped ones; a forced one is.
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
 host_name skipped-checks-off-master
}
define service {
 use service
 host_name skipped-checks-off-master
 service_description web
 max_check_attempts 1
}
define host {
 use host
 host_name skipped-checks-off
}
define service {
 use service
 host_name skipped-checks-off
 service_description web
}
define service {
 use service
 host_name skipped-checks-off
 service_description mail
}
define host {
 use host
 host_name skipped-checks-off-grouped
}
define service {
 use service
 host_name skipped-checks-off-grouped
 service_description web
}
define hostgroup {
 hostgroup_name skipped-checks-off-hosts
 alias skipped-checks-off-hosts
 members skipped-checks-off-grouped
}
define servicegroup {
 servicegroup_name skipped-checks-off-services
 alias skipped-checks-off-services
 members skipped-checks-off-grouped,web
}
define servicedependency {
 host_name skipped-checks-off-master
 service_description web
 dependent_host_name skipped-checks-off
 dependent_service_description web
 execution_failure_criteria c
}
define servicedependency {
 host_name skipped-checks-off-master
 service_description web
 dependent_host_name skipped-checks-off
 dependent_service_description mail
 execution_failure_criteria c
}
define servicedependency {
 host_name skipped-checks-off-master
 service_description web
 dependent_host_name skipped-checks-off-grouped
 dependent_service_description web
 execution_failure_criteria c
}
--- scenario
2	command	PROCESS_SERVICE_CHECK_RESULT;skipped-checks-off-master;web;2;dead
2	command	PROCESS_SERVICE_CHECK_RESULT;skipped-checks-off;web;0;fine
2	command	PROCESS_SERVICE_CHECK_RESULT;skipped-checks-off;mail;0;fine
2	command	PROCESS_SERVICE_CHECK_RESULT;skipped-checks-off-grouped;web;0;fine
3	command	DISABLE_SVC_CHECK;skipped-checks-off;web
3	command	SCHEDULE_SVC_CHECK;skipped-checks-off;web;@+3@
3	command	SCHEDULE_SVC_CHECK;skipped-checks-off;mail;@+3@
3	command	DISABLE_HOSTGROUP_SVC_CHECKS;skipped-checks-off-hosts
3	command	SCHEDULE_SVC_CHECK;skipped-checks-off-grouped;web;@+3@
5	command	PROCESS_SERVICE_CHECK_RESULT;skipped-checks-off;web;0;fine
5	command	PROCESS_SERVICE_CHECK_RESULT;skipped-checks-off;mail;0;fine
5	command	PROCESS_SERVICE_CHECK_RESULT;skipped-checks-off-grouped;web;0;fine
6	command	ENABLE_SVC_CHECK;skipped-checks-off;web
6	command	SCHEDULE_SVC_CHECK;skipped-checks-off;web;@+6@
6	command	ENABLE_SERVICEGROUP_SVC_CHECKS;skipped-checks-off-services
6	command	SCHEDULE_SVC_CHECK;skipped-checks-off-grouped;web;@+6@
8	command	PROCESS_SERVICE_CHECK_RESULT;skipped-checks-off;web;0;fine
8	command	PROCESS_SERVICE_CHECK_RESULT;skipped-checks-off-grouped;web;0;fine
9	command	DISABLE_HOST_SVC_CHECKS;skipped-checks-off
9	command	SCHEDULE_HOST_SVC_CHECKS;skipped-checks-off;@+9@
11	command	PROCESS_SERVICE_CHECK_RESULT;skipped-checks-off;web;0;fine
12	command	ENABLE_HOST_SVC_CHECKS;skipped-checks-off
12	command	SCHEDULE_HOST_SVC_CHECKS;skipped-checks-off;@+12@
14	command	PROCESS_SERVICE_CHECK_RESULT;skipped-checks-off;web;0;fine
14	command	PROCESS_SERVICE_CHECK_RESULT;skipped-checks-off;mail;0;fine
