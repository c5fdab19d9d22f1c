# Flapping: with detection off for the program nothing flaps, and there is nothing to clear.
--- objects
define host {
 use host
 host_name flapping-off
}
define service {
 use service
 host_name flapping-off
 service_description web
 max_check_attempts 1
 low_flap_threshold 11
 high_flap_threshold 12
}
--- scenario
2	command	PROCESS_SERVICE_CHECK_RESULT;flapping-off;web;2;dead
3	command	PROCESS_SERVICE_CHECK_RESULT;flapping-off;web;0;fine
4	command	PROCESS_SERVICE_CHECK_RESULT;flapping-off;web;2;dead
5	command	PROCESS_SERVICE_CHECK_RESULT;flapping-off;web;0;fine
6	command	CLEAR_SVC_FLAPPING_STATE;flapping-off;web
6	command	ENABLE_SVC_FLAP_DETECTION;flapping-off;web
7	command	PROCESS_SERVICE_CHECK_RESULT;flapping-off;web;2;dead
