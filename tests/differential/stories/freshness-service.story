# Freshness: when the last result of a service is older than freshness_threshold a check is forced, once,
# until that check has its result. A result of another way in the meantime does not end the wait.
--- until: 22
--- main
check_service_freshness=1
check_host_freshness=1
service_freshness_check_interval=1
host_freshness_check_interval=1
additional_freshness_latency=2
--- objects
define host {
 use host
 host_name freshness-service
}
define service {
 use service
 host_name freshness-service
 service_description unanswered
 active_checks_enabled 0
 check_freshness 1
 freshness_threshold 4
}
define service {
 use service
 host_name freshness-service
 service_description answered
 active_checks_enabled 0
 max_check_attempts 1
 check_freshness 1
 freshness_threshold 4
}
define service {
 use service
 host_name freshness-service
 service_description refreshed
 active_checks_enabled 0
 check_freshness 1
 freshness_threshold 4
}
--- scenario
# unanswered is noticed at second 7, answered at 10 and, fresh again, at 19; no other step is near
2	command	PROCESS_SERVICE_CHECK_RESULT;freshness-service;unanswered;0;fine
2	command	PROCESS_SERVICE_CHECK_RESULT;freshness-service;answered;0;fine
3	command	PROCESS_SERVICE_CHECK_RESULT;freshness-service;refreshed;0;fine
5	command	PROCESS_SERVICE_CHECK_RESULT;freshness-service;answered;0;fine
6	command	PROCESS_SERVICE_CHECK_RESULT;freshness-service;refreshed;0;fine
9	command	PROCESS_SERVICE_CHECK_RESULT;freshness-service;refreshed;0;fine
12	command	PROCESS_SERVICE_CHECK_RESULT;freshness-service;refreshed;0;fine
13	service	freshness-service	answered	2	no news
14	command	PROCESS_SERVICE_CHECK_RESULT;freshness-service;answered;0;fine
14	command	PROCESS_SERVICE_CHECK_RESULT;freshness-service;unanswered;0;fine
15	command	PROCESS_SERVICE_CHECK_RESULT;freshness-service;refreshed;0;fine
18	command	PROCESS_SERVICE_CHECK_RESULT;freshness-service;refreshed;0;fine
