# Flapping: states that are not in flap_detection_options are left out of the history.
--- main
enable_flap_detection=1
--- objects
define host {
 use host
 host_name flapping-options-down-only
 flap_detection_options d
 low_flap_threshold 23
 high_flap_threshold 24
}
define host {
 use host
 host_name flapping-options
}
define service {
 use service
 host_name flapping-options
 service_description critical
 max_check_attempts 1
 low_flap_threshold 23
 high_flap_threshold 24
 flap_detection_options o,c
}
define service {
 use service
 host_name flapping-options
 service_description all
 max_check_attempts 1
 low_flap_threshold 23
 high_flap_threshold 24
}
--- scenario
2	command	PROCESS_SERVICE_CHECK_RESULT;flapping-options;critical;1;slow
2	command	PROCESS_SERVICE_CHECK_RESULT;flapping-options;all;1;slow
2	command	PROCESS_HOST_CHECK_RESULT;flapping-options-down-only;1;gone
3	command	PROCESS_SERVICE_CHECK_RESULT;flapping-options;critical;0;fine
3	command	PROCESS_SERVICE_CHECK_RESULT;flapping-options;all;0;fine
3	command	PROCESS_HOST_CHECK_RESULT;flapping-options-down-only;0;here
4	command	PROCESS_SERVICE_CHECK_RESULT;flapping-options;critical;1;slow
4	command	PROCESS_SERVICE_CHECK_RESULT;flapping-options;all;1;slow
4	command	PROCESS_HOST_CHECK_RESULT;flapping-options-down-only;1;gone
5	command	PROCESS_SERVICE_CHECK_RESULT;flapping-options;critical;0;fine
5	command	PROCESS_SERVICE_CHECK_RESULT;flapping-options;all;0;fine
5	command	PROCESS_HOST_CHECK_RESULT;flapping-options-down-only;0;here
6	command	PROCESS_SERVICE_CHECK_RESULT;flapping-options;critical;2;dead
7	command	PROCESS_SERVICE_CHECK_RESULT;flapping-options;critical;0;fine
8	command	PROCESS_SERVICE_CHECK_RESULT;flapping-options;critical;2;dead
9	command	PROCESS_SERVICE_CHECK_RESULT;flapping-options;critical;1;slow
10	command	PROCESS_SERVICE_CHECK_RESULT;flapping-options;critical;0;fine
