# Flapping: switching detection off and on for a host works as for a service.
--- differs: 4.4.6 does not tell a recovery that was kept back while the object flapped
--- main
enable_flap_detection=1
--- objects
define host {
 use host
 host_name flapping-host-switched
 low_flap_threshold 23
 high_flap_threshold 24
}
--- scenario
2	command	PROCESS_HOST_CHECK_RESULT;flapping-host-switched;1;gone
3	command	PROCESS_HOST_CHECK_RESULT;flapping-host-switched;0;here
4	command	PROCESS_HOST_CHECK_RESULT;flapping-host-switched;1;gone
5	command	PROCESS_HOST_CHECK_RESULT;flapping-host-switched;0;here
6	command	DISABLE_HOST_FLAP_DETECTION;flapping-host-switched
7	command	ENABLE_HOST_FLAP_DETECTION;flapping-host-switched
8	command	PROCESS_HOST_CHECK_RESULT;flapping-host-switched;1;gone
9	command	DISABLE_HOST_FLAP_DETECTION;flapping-host-switched
10	command	PROCESS_HOST_CHECK_RESULT;flapping-host-switched;1;gone
