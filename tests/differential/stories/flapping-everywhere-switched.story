# Flapping: switching detection off for the program ends all flapping; switching it on can start it at once.
--- differs: 4.4.6 does not tell a recovery that was kept back while the object flapped
--- alone: switches flap detection of the whole program
--- loose: hosts and services are gone through one after the other
--- main
enable_flap_detection=1
--- objects
define host {
 use host
 host_name flapping-everywhere-switched
}
define host {
 use host
 host_name flapping-everywhere-switched-flapping
 low_flap_threshold 23
 high_flap_threshold 24
}
define service {
 use service
 host_name flapping-everywhere-switched
 service_description web
 max_check_attempts 1
 low_flap_threshold 23
 high_flap_threshold 24
}
define service {
 use service
 host_name flapping-everywhere-switched
 service_description mail
 max_check_attempts 1
}
--- scenario
2	command	PROCESS_SERVICE_CHECK_RESULT;flapping-everywhere-switched;web;2;dead
2	command	PROCESS_HOST_CHECK_RESULT;flapping-everywhere-switched-flapping;1;gone
3	command	PROCESS_SERVICE_CHECK_RESULT;flapping-everywhere-switched;web;0;fine
3	command	PROCESS_HOST_CHECK_RESULT;flapping-everywhere-switched-flapping;0;here
4	command	PROCESS_SERVICE_CHECK_RESULT;flapping-everywhere-switched;web;2;dead
4	command	PROCESS_HOST_CHECK_RESULT;flapping-everywhere-switched-flapping;1;gone
5	command	PROCESS_SERVICE_CHECK_RESULT;flapping-everywhere-switched;web;0;fine
5	command	PROCESS_HOST_CHECK_RESULT;flapping-everywhere-switched-flapping;0;here
6	command	DISABLE_FLAP_DETECTION
7	command	DISABLE_FLAP_DETECTION
8	command	ENABLE_FLAP_DETECTION
9	command	CLEAR_SVC_FLAPPING_STATE;flapping-everywhere-switched;web
