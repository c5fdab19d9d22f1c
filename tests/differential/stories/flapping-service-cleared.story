# Flapping: CLEAR_SVC_FLAPPING_STATE ends it and forgets the history; a recovery is told with the next OK
# result only. Without flapping the history is forgotten all the same.
--- differs: 4.4.6 does not tell a recovery that was kept back while the object flapped
--- main
enable_flap_detection=1
--- objects
define host {
 use host
 host_name flapping-service-cleared
}
define service {
 use service
 host_name flapping-service-cleared
 service_description web
 max_check_attempts 1
 low_flap_threshold 23
 high_flap_threshold 24
}
define service {
 use service
 host_name flapping-service-cleared
 service_description not-yet
 max_check_attempts 1
 low_flap_threshold 23
 high_flap_threshold 24
}
--- scenario
2	command	PROCESS_SERVICE_CHECK_RESULT;flapping-service-cleared;web;2;dead
2	command	PROCESS_SERVICE_CHECK_RESULT;flapping-service-cleared;not-yet;2;dead
3	command	PROCESS_SERVICE_CHECK_RESULT;flapping-service-cleared;web;0;fine
3	command	PROCESS_SERVICE_CHECK_RESULT;flapping-service-cleared;not-yet;0;fine
4	command	PROCESS_SERVICE_CHECK_RESULT;flapping-service-cleared;web;2;dead
4	command	PROCESS_SERVICE_CHECK_RESULT;flapping-service-cleared;not-yet;2;dead
5	command	PROCESS_SERVICE_CHECK_RESULT;flapping-service-cleared;web;0;fine
5	command	CLEAR_SVC_FLAPPING_STATE;flapping-service-cleared;not-yet
6	command	PROCESS_SERVICE_CHECK_RESULT;flapping-service-cleared;not-yet;0;fine
6	command	CLEAR_SVC_FLAPPING_STATE;flapping-service-cleared;web
7	command	PROCESS_SERVICE_CHECK_RESULT;flapping-service-cleared;web;0;fine
7	command	PROCESS_SERVICE_CHECK_RESULT;flapping-service-cleared;not-yet;2;dead
8	command	PROCESS_SERVICE_CHECK_RESULT;flapping-service-cleared;web;2;dead
9	command	PROCESS_SERVICE_CHECK_RESULT;flapping-service-cleared;web;0;fine
10	command	PROCESS_SERVICE_CHECK_RESULT;flapping-service-cleared;web;2;dead
11	command	PROCESS_SERVICE_CHECK_RESULT;flapping-service-cleared;web;0;fine
12	command	CLEAR_SVC_FLAPPING_STATE;flapping-service-cleared;no-such-service
