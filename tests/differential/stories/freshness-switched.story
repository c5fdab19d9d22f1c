# Freshness: switched off for the program nothing is noticed; after switching it on what is stale then is.
--- alone: switches freshness checks of the whole program
--- until: 17
--- main
check_service_freshness=1
check_host_freshness=1
service_freshness_check_interval=1
host_freshness_check_interval=1
additional_freshness_latency=2
--- objects
define host {
 use host
 host_name freshness-switched
 active_checks_enabled 0
 check_freshness 1
 freshness_threshold 5
}
define service {
 use service
 host_name freshness-switched
 service_description web
 active_checks_enabled 0
 check_freshness 1
 freshness_threshold 3
}
--- scenario
2	command	DISABLE_SERVICE_FRESHNESS_CHECKS
2	command	DISABLE_HOST_FRESHNESS_CHECKS
3	command	PROCESS_SERVICE_CHECK_RESULT;freshness-switched;web;0;fine
3	command	PROCESS_HOST_CHECK_RESULT;freshness-switched;0;here
11	command	ENABLE_SERVICE_FRESHNESS_CHECKS
14	command	ENABLE_HOST_FRESHNESS_CHECKS
