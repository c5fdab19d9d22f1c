# Flapping: who was told of a problem is told of the recovery when the flapping stops with the service OK
# (4.5.6).
--- differs: 4.4.6 does not tell a recovery that was kept back while the object flapped
--- main
enable_flap_detection=1
--- objects
define host {
 use host
 host_name flapping-then-recovered
 low_flap_threshold 23
 high_flap_threshold 24
}
define service {
 use service
 host_name flapping-then-recovered
 service_description web
 max_check_attempts 1
 low_flap_threshold 23
 high_flap_threshold 24
}
--- scenario
2	command	PROCESS_SERVICE_CHECK_RESULT;flapping-then-recovered;web;2;dead
2	command	PROCESS_HOST_CHECK_RESULT;flapping-then-recovered;0;here
3	command	PROCESS_SERVICE_CHECK_RESULT;flapping-then-recovered;web;0;fine
4	command	PROCESS_SERVICE_CHECK_RESULT;flapping-then-recovered;web;2;dead
5	command	PROCESS_SERVICE_CHECK_RESULT;flapping-then-recovered;web;0;fine
6	command	PROCESS_SERVICE_CHECK_RESULT;flapping-then-recovered;web;0;fine
7	command	PROCESS_SERVICE_CHECK_RESULT;flapping-then-recovered;web;0;fine
8	command	PROCESS_SERVICE_CHECK_RESULT;flapping-then-recovered;web;0;fine
9	command	PROCESS_SERVICE_CHECK_RESULT;flapping-then-recovered;web;0;fine
10	command	PROCESS_HOST_CHECK_RESULT;flapping-then-recovered;1;gone
11	command	PROCESS_HOST_CHECK_RESULT;flapping-then-recovered;0;here
12	command	PROCESS_HOST_CHECK_RESULT;flapping-then-recovered;1;gone
13	command	PROCESS_HOST_CHECK_RESULT;flapping-then-recovered;0;here
14	command	PROCESS_HOST_CHECK_RESULT;flapping-then-recovered;0;here
15	command	PROCESS_HOST_CHECK_RESULT;flapping-then-recovered;0;here
16	command	PROCESS_HOST_CHECK_RESULT;flapping-then-recovered;0;here
17	command	PROCESS_HOST_CHECK_RESULT;flapping-then-recovered;0;here
