# Flapping: CLEAR_HOST_FLAPPING_STATE ends a host's flapping and forgets its history.
--- differs: 4.4.6 does not tell a recovery that was kept back while the object flapped
--- main
enable_flap_detection=1
--- objects
define host {
 use host
 host_name flapping-host-cleared
 low_flap_threshold 23
 high_flap_threshold 24
}
--- scenario
2	command	PROCESS_HOST_CHECK_RESULT;flapping-host-cleared;1;gone
3	command	PROCESS_HOST_CHECK_RESULT;flapping-host-cleared;0;here
4	command	PROCESS_HOST_CHECK_RESULT;flapping-host-cleared;1;gone
5	command	PROCESS_HOST_CHECK_RESULT;flapping-host-cleared;0;here
6	command	CLEAR_HOST_FLAPPING_STATE;flapping-host-cleared
7	command	PROCESS_HOST_CHECK_RESULT;flapping-host-cleared;0;here
8	command	PROCESS_HOST_CHECK_RESULT;flapping-host-cleared;1;gone
9	command	PROCESS_HOST_CHECK_RESULT;flapping-host-cleared;0;here
10	command	PROCESS_HOST_CHECK_RESULT;flapping-host-cleared;1;gone
11	command	PROCESS_HOST_CHECK_RESULT;flapping-host-cleared;0;here
12	command	CLEAR_HOST_FLAPPING_STATE;flapping-host-cleared-nowhere
