# Passive results: those for objects that do not exist or take none, and those of hosts with an impossible
# state, fail.
--- objects
define host {
 use host
 host_name passive-refused
}
define host {
 use host
 host_name passive-refused-active
 passive_checks_enabled 0
}
define service {
 use service
 host_name passive-refused
 service_description web
 max_check_attempts 1
}
define service {
 use service
 host_name passive-refused
 service_description active
 max_check_attempts 1
 passive_checks_enabled 0
}
--- scenario
2	command	PROCESS_SERVICE_CHECK_RESULT;passive-refused;no-such-service;2;dead
2	command	PROCESS_SERVICE_CHECK_RESULT;passive-refused-nowhere;web;2;dead
3	command	PROCESS_SERVICE_CHECK_RESULT;passive-refused;active;2;dead
3	command	PROCESS_HOST_CHECK_RESULT;passive-refused-active;1;gone
4	command	PROCESS_HOST_CHECK_RESULT;passive-refused-nowhere;1;gone
4	command	PROCESS_HOST_CHECK_RESULT;passive-refused;3;who knows
4	command	PROCESS_HOST_CHECK_RESULT;passive-refused;-1;minus one
5	command	PROCESS_HOST_CHECK_RESULT;passive-refused;1
6	command	PROCESS_HOST_CHECK_RESULT;passive-refused
