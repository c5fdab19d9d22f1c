# Flapping: problems and recoveries are not told while a service flaps; acknowledgements and custom messages
# are. When it stops with a problem the problem is told with the same result.
--- main
enable_flap_detection=1
--- objects
define host {
 use host
 host_name flapping-keeps-quiet
}
define service {
 use service
 host_name flapping-keeps-quiet
 service_description web
 max_check_attempts 1
 low_flap_threshold 28
 high_flap_threshold 29
}
--- scenario
2	command	PROCESS_SERVICE_CHECK_RESULT;flapping-keeps-quiet;web;2;dead
3	command	PROCESS_SERVICE_CHECK_RESULT;flapping-keeps-quiet;web;0;fine
4	command	PROCESS_SERVICE_CHECK_RESULT;flapping-keeps-quiet;web;2;dead
5	command	PROCESS_SERVICE_CHECK_RESULT;flapping-keeps-quiet;web;0;fine
6	command	PROCESS_SERVICE_CHECK_RESULT;flapping-keeps-quiet;web;2;dead
7	command	PROCESS_SERVICE_CHECK_RESULT;flapping-keeps-quiet;web;2;dead
8	command	SEND_CUSTOM_SVC_NOTIFICATION;flapping-keeps-quiet;web;0;ana;what is this
8	command	ACKNOWLEDGE_SVC_PROBLEM;flapping-keeps-quiet;web;2;1;0;ana;looking
9	command	REMOVE_SVC_ACKNOWLEDGEMENT;flapping-keeps-quiet;web
10	command	PROCESS_SERVICE_CHECK_RESULT;flapping-keeps-quiet;web;2;dead
11	command	PROCESS_SERVICE_CHECK_RESULT;flapping-keeps-quiet;web;2;dead
12	command	PROCESS_SERVICE_CHECK_RESULT;flapping-keeps-quiet;web;2;dead
13	command	PROCESS_SERVICE_CHECK_RESULT;flapping-keeps-quiet;web;0;fine
