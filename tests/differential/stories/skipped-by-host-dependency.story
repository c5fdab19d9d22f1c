# Execution dependencies of hosts: a skipped check puts the host into the state of
# host_skip_check_dependency_status.
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
 host_name skipped-by-host-dependency-master
}
define host {
 use host
 host_name skipped-by-host-dependency-dependent
}
define hostdependency {
 host_name skipped-by-host-dependency-master
 dependent_host_name skipped-by-host-dependency-dependent
 execution_failure_criteria d
}
--- scenario
2	command	PROCESS_HOST_CHECK_RESULT;skipped-by-host-dependency-master;1;gone
2	command	PROCESS_HOST_CHECK_RESULT;skipped-by-host-dependency-dependent;0;here
3	command	SCHEDULE_HOST_CHECK;skipped-by-host-dependency-dependent;@+3@
5	command	PROCESS_HOST_CHECK_RESULT;skipped-by-host-dependency-dependent;0;here
6	command	PROCESS_HOST_CHECK_RESULT;skipped-by-host-dependency-master;0;here
7	command	SCHEDULE_HOST_CHECK;skipped-by-host-dependency-dependent;@+7@
9	host	skipped-by-host-dependency-dependent	0	here
