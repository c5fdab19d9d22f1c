# Flapping: thresholds of an object win over those of the program; a threshold that is met exactly counts.
--- main
enable_flap_detection=1
low_service_flap_threshold=5
high_service_flap_threshold=6
low_host_flap_threshold=5
high_host_flap_threshold=6
--- objects
define host {
 use host
 host_name flapping-thresholds
}
define service {
 use service
 host_name flapping-thresholds
 service_description program
 max_check_attempts 1
}
define service {
 use service
 host_name flapping-thresholds
 service_description own
 max_check_attempts 1
 low_flap_threshold 11
 high_flap_threshold 12
}
define service {
 use service
 host_name flapping-thresholds
 service_description exact
 max_check_attempts 1
 low_flap_threshold 6
 high_flap_threshold 6.25
}
define service {
 use service
 host_name flapping-thresholds
 service_description zero
 max_check_attempts 1
 low_flap_threshold 0
 high_flap_threshold 0
}
--- scenario
2	command	PROCESS_SERVICE_CHECK_RESULT;flapping-thresholds;program;2;dead
2	command	PROCESS_SERVICE_CHECK_RESULT;flapping-thresholds;own;2;dead
2	command	PROCESS_SERVICE_CHECK_RESULT;flapping-thresholds;exact;2;dead
2	command	PROCESS_SERVICE_CHECK_RESULT;flapping-thresholds;zero;2;dead
2	command	PROCESS_HOST_CHECK_RESULT;flapping-thresholds;1;gone
3	command	PROCESS_HOST_CHECK_RESULT;flapping-thresholds;0;here
4	command	PROCESS_SERVICE_CHECK_RESULT;flapping-thresholds;program;2;dead
4	command	PROCESS_SERVICE_CHECK_RESULT;flapping-thresholds;own;0;fine
4	command	PROCESS_SERVICE_CHECK_RESULT;flapping-thresholds;exact;2;dead
5	command	PROCESS_SERVICE_CHECK_RESULT;flapping-thresholds;program;2;dead
5	command	PROCESS_SERVICE_CHECK_RESULT;flapping-thresholds;own;0;fine
5	command	PROCESS_SERVICE_CHECK_RESULT;flapping-thresholds;exact;2;dead
6	command	PROCESS_SERVICE_CHECK_RESULT;flapping-thresholds;program;2;dead
6	command	PROCESS_SERVICE_CHECK_RESULT;flapping-thresholds;own;0;fine
6	command	PROCESS_SERVICE_CHECK_RESULT;flapping-thresholds;exact;2;dead
7	command	PROCESS_SERVICE_CHECK_RESULT;flapping-thresholds;program;2;dead
7	command	PROCESS_SERVICE_CHECK_RESULT;flapping-thresholds;own;0;fine
8	command	PROCESS_SERVICE_CHECK_RESULT;flapping-thresholds;program;2;dead
8	command	PROCESS_SERVICE_CHECK_RESULT;flapping-thresholds;own;0;fine
9	command	PROCESS_SERVICE_CHECK_RESULT;flapping-thresholds;program;2;dead
10	command	PROCESS_SERVICE_CHECK_RESULT;flapping-thresholds;program;2;dead
11	command	PROCESS_SERVICE_CHECK_RESULT;flapping-thresholds;program;2;dead
12	command	PROCESS_SERVICE_CHECK_RESULT;flapping-thresholds;program;2;dead
