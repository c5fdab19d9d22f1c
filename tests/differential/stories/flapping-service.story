# Flapping: a service starts to flap when its changes weigh at least the high threshold, and stops when they
# weigh no more than the low one; both are logged and told. Default thresholds.
--- differs: 4.4.6 does not tell a recovery that was kept back while the object flapped
--- main
enable_flap_detection=1
--- objects
define host {
 use host
 host_name flapping-service
}
define service {
 use service
 host_name flapping-service
 service_description web
 max_check_attempts 1
}
--- scenario
2	command	PROCESS_SERVICE_CHECK_RESULT;flapping-service;web;2;dead
3	command	PROCESS_SERVICE_CHECK_RESULT;flapping-service;web;0;fine
4	command	PROCESS_SERVICE_CHECK_RESULT;flapping-service;web;2;dead
5	command	PROCESS_SERVICE_CHECK_RESULT;flapping-service;web;0;fine
6	command	PROCESS_SERVICE_CHECK_RESULT;flapping-service;web;2;dead
7	command	PROCESS_SERVICE_CHECK_RESULT;flapping-service;web;0;fine
8	command	PROCESS_SERVICE_CHECK_RESULT;flapping-service;web;0;fine
9	command	PROCESS_SERVICE_CHECK_RESULT;flapping-service;web;0;fine
10	command	PROCESS_SERVICE_CHECK_RESULT;flapping-service;web;0;fine
11	command	PROCESS_SERVICE_CHECK_RESULT;flapping-service;web;0;fine
12	command	PROCESS_SERVICE_CHECK_RESULT;flapping-service;web;0;fine
13	command	PROCESS_SERVICE_CHECK_RESULT;flapping-service;web;0;fine
14	command	PROCESS_SERVICE_CHECK_RESULT;flapping-service;web;0;fine
15	command	PROCESS_SERVICE_CHECK_RESULT;flapping-service;web;0;fine
16	command	PROCESS_SERVICE_CHECK_RESULT;flapping-service;web;0;fine
17	command	PROCESS_SERVICE_CHECK_RESULT;flapping-service;web;0;fine
18	command	PROCESS_SERVICE_CHECK_RESULT;flapping-service;web;0;fine
19	command	PROCESS_SERVICE_CHECK_RESULT;flapping-service;web;0;fine
20	command	PROCESS_SERVICE_CHECK_RESULT;flapping-service;web;0;fine
21	command	PROCESS_SERVICE_CHECK_RESULT;flapping-service;web;0;fine
22	command	PROCESS_SERVICE_CHECK_RESULT;flapping-service;web;0;fine
23	command	PROCESS_SERVICE_CHECK_RESULT;flapping-service;web;0;fine
24	command	PROCESS_SERVICE_CHECK_RESULT;flapping-service;web;0;fine
25	command	PROCESS_SERVICE_CHECK_RESULT;flapping-service;web;0;fine
26	command	PROCESS_SERVICE_CHECK_RESULT;flapping-service;web;2;dead
27	command	PROCESS_SERVICE_CHECK_RESULT;flapping-service;web;0;fine
