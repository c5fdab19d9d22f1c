# Stalking: a result with another text is logged though nothing else changed, in the states of
# stalking_options.
--- objects
define host {
 use host
 host_name stalking-service
}
define service {
 use service
 host_name stalking-service
 service_description web
 max_check_attempts 1
 stalking_options o,c
}
--- scenario
2	command	PROCESS_SERVICE_CHECK_RESULT;stalking-service;web;0;fine
3	command	PROCESS_SERVICE_CHECK_RESULT;stalking-service;web;0;fine
4	command	PROCESS_SERVICE_CHECK_RESULT;stalking-service;web;0;very fine
5	command	PROCESS_SERVICE_CHECK_RESULT;stalking-service;web;0;very fine|x=1
6	command	PROCESS_SERVICE_CHECK_RESULT;stalking-service;web;1;slow
7	command	PROCESS_SERVICE_CHECK_RESULT;stalking-service;web;1;very slow
8	command	PROCESS_SERVICE_CHECK_RESULT;stalking-service;web;2;dead
9	command	PROCESS_SERVICE_CHECK_RESULT;stalking-service;web;2;very dead
10	command	PROCESS_SERVICE_CHECK_RESULT;stalking-service;web;2;very dead
11	command	PROCESS_SERVICE_CHECK_RESULT;stalking-service;web;0;fine
