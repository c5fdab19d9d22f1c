# Passive results go through the same states as active ones. The PASSIVE line tells what was known before the
# result.
--- objects
define host {
 use host
 host_name service-passive
}
define service {
 use service
 host_name service-passive
 service_description web
 max_check_attempts 2
}
--- scenario
2	command	PROCESS_SERVICE_CHECK_RESULT;service-passive;web;0;fine
3	command	PROCESS_SERVICE_CHECK_RESULT;service-passive;web;2;dead
4	command	PROCESS_SERVICE_CHECK_RESULT;service-passive;web;2;dead; really
5	command	PROCESS_SERVICE_CHECK_RESULT;service-passive;web;0;fine
