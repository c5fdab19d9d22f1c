# host_down_disable_service_checks: while the host is not UP no check of its services runs, not even a forced
# one, and the service is in the state of service_skip_check_host_down_status.
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
 host_name skipped-by-host
}
define service {
 use service
 host_name skipped-by-host
 service_description web
}
define service {
 use service
 host_name skipped-by-host
 service_description mail
}
--- scenario
2	command	PROCESS_SERVICE_CHECK_RESULT;skipped-by-host;web;0;fine
2	command	PROCESS_SERVICE_CHECK_RESULT;skipped-by-host;mail;0;fine
3	host	skipped-by-host	2	gone
5	command	SCHEDULE_SVC_CHECK;skipped-by-host;web;@+5@
5	command	SCHEDULE_FORCED_SVC_CHECK;skipped-by-host;mail;@+5@
7	host	skipped-by-host	0	here
9	command	PROCESS_SERVICE_CHECK_RESULT;skipped-by-host;web;0;fine
9	command	PROCESS_SERVICE_CHECK_RESULT;skipped-by-host;mail;0;fine
