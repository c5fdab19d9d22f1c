# Flapping: switching detection off for a service ends its flapping, which is told, also of a recovery in the
# meantime. The history goes on, so switching it on again can start the flapping at once.
--- differs: 4.4.6 does not tell a recovery that was kept back while the object flapped
--- main
enable_flap_detection=1
--- objects
define host {
 use host
 host_name flapping-service-switched
}
define service {
 use service
 host_name flapping-service-switched
 service_description web
 max_check_attempts 1
 low_flap_threshold 23
 high_flap_threshold 24
}
define service {
 use service
 host_name flapping-service-switched
 service_description late
 max_check_attempts 1
 low_flap_threshold 23
 high_flap_threshold 24
 flap_detection_enabled 0
}
--- scenario
2	command	PROCESS_SERVICE_CHECK_RESULT;flapping-service-switched;web;2;dead
2	command	PROCESS_SERVICE_CHECK_RESULT;flapping-service-switched;late;2;dead
3	command	PROCESS_SERVICE_CHECK_RESULT;flapping-service-switched;web;0;fine
3	command	PROCESS_SERVICE_CHECK_RESULT;flapping-service-switched;late;0;fine
4	command	PROCESS_SERVICE_CHECK_RESULT;flapping-service-switched;web;2;dead
4	command	PROCESS_SERVICE_CHECK_RESULT;flapping-service-switched;late;2;dead
5	command	PROCESS_SERVICE_CHECK_RESULT;flapping-service-switched;web;0;fine
5	command	PROCESS_SERVICE_CHECK_RESULT;flapping-service-switched;late;0;fine
6	command	DISABLE_SVC_FLAP_DETECTION;flapping-service-switched;web
6	command	ENABLE_SVC_FLAP_DETECTION;flapping-service-switched;late
7	command	ENABLE_SVC_FLAP_DETECTION;flapping-service-switched;web
8	command	ENABLE_SVC_FLAP_DETECTION;flapping-service-switched;web
9	command	PROCESS_SERVICE_CHECK_RESULT;flapping-service-switched;web;2;dead
10	command	DISABLE_SVC_FLAP_DETECTION;flapping-service-switched;web
11	command	PROCESS_SERVICE_CHECK_RESULT;flapping-service-switched;web;2;dead
