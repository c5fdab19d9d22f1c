# Flapping: soft problems are left out of a service's history, soft recoveries are not. A host's history has
# every result.
--- main
enable_flap_detection=1
--- objects
define host {
 use host
 host_name flapping-soft
 max_check_attempts 5
 low_flap_threshold 23
 high_flap_threshold 24
}
define service {
 use service
 host_name flapping-soft
 service_description soft
 max_check_attempts 3
 low_flap_threshold 23
 high_flap_threshold 24
}
define service {
 use service
 host_name flapping-soft
 service_description hard
 max_check_attempts 2
 low_flap_threshold 23
 high_flap_threshold 24
}
--- scenario
2	command	PROCESS_SERVICE_CHECK_RESULT;flapping-soft;soft;2;dead
2	command	PROCESS_SERVICE_CHECK_RESULT;flapping-soft;hard;2;dead
3	command	PROCESS_SERVICE_CHECK_RESULT;flapping-soft;soft;0;fine
3	command	PROCESS_SERVICE_CHECK_RESULT;flapping-soft;hard;2;dead
4	command	PROCESS_SERVICE_CHECK_RESULT;flapping-soft;soft;2;dead
4	command	PROCESS_SERVICE_CHECK_RESULT;flapping-soft;hard;0;fine
5	command	PROCESS_SERVICE_CHECK_RESULT;flapping-soft;soft;0;fine
5	command	PROCESS_SERVICE_CHECK_RESULT;flapping-soft;hard;2;dead
6	command	PROCESS_SERVICE_CHECK_RESULT;flapping-soft;soft;2;dead
6	command	PROCESS_SERVICE_CHECK_RESULT;flapping-soft;hard;2;dead
7	command	PROCESS_SERVICE_CHECK_RESULT;flapping-soft;soft;0;fine
7	command	PROCESS_SERVICE_CHECK_RESULT;flapping-soft;hard;0;fine
8	command	PROCESS_SERVICE_CHECK_RESULT;flapping-soft;hard;1;slow
9	command	PROCESS_SERVICE_CHECK_RESULT;flapping-soft;hard;1;slow
10	host	flapping-soft	2	gone
12	host	flapping-soft	0	here
14	host	flapping-soft	2	gone
16	host	flapping-soft	0	here
