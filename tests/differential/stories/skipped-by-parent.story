# Parents of services: while one of them is CRITICAL or UNKNOWN for hard, not even a forced check runs;
# WARNING is good enough, and parents of parents count.
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
 host_name skipped-by-parent
}
define service {
 use service
 host_name skipped-by-parent
 service_description grandparent
 max_check_attempts 1
}
define service {
 use service
 host_name skipped-by-parent
 service_description parent
 parents skipped-by-parent,grandparent
}
define service {
 use service
 host_name skipped-by-parent
 service_description child
 parents skipped-by-parent,parent
}
--- scenario
2	command	PROCESS_SERVICE_CHECK_RESULT;skipped-by-parent;grandparent;1;slow
2	command	PROCESS_SERVICE_CHECK_RESULT;skipped-by-parent;child;0;fine
3	command	SCHEDULE_SVC_CHECK;skipped-by-parent;child;@+3@
5	service	skipped-by-parent	child	0	fine
6	command	PROCESS_SERVICE_CHECK_RESULT;skipped-by-parent;grandparent;2;dead
7	command	SCHEDULE_FORCED_SVC_CHECK;skipped-by-parent;child;@+7@
9	command	PROCESS_SERVICE_CHECK_RESULT;skipped-by-parent;child;0;fine
