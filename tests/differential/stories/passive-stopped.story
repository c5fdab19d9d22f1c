# Passive results: stopped for services of the whole program, those of hosts are refused, too. Stopped for
# hosts only, they are dropped without an error.
--- alone: switches passive checks of the whole program
--- objects
define host {
 use host
 host_name passive-stopped
}
define service {
 use service
 host_name passive-stopped
 service_description web
 max_check_attempts 1
}
--- scenario
2	command	STOP_ACCEPTING_PASSIVE_SVC_CHECKS
3	command	PROCESS_SERVICE_CHECK_RESULT;passive-stopped;web;2;dead
3	command	PROCESS_HOST_CHECK_RESULT;passive-stopped;1;gone
4	command	START_ACCEPTING_PASSIVE_SVC_CHECKS
5	command	PROCESS_SERVICE_CHECK_RESULT;passive-stopped;web;2;dead
6	command	STOP_ACCEPTING_PASSIVE_HOST_CHECKS
7	command	PROCESS_SERVICE_CHECK_RESULT;passive-stopped;web;0;fine
7	command	PROCESS_HOST_CHECK_RESULT;passive-stopped;1;gone
8	command	START_ACCEPTING_PASSIVE_HOST_CHECKS
9	command	PROCESS_HOST_CHECK_RESULT;passive-stopped;1;gone
