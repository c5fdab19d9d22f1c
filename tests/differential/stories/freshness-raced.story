# Freshness: when a passive result comes while the forced check runs, the check's result counts all the same,
# though the service is fresh, and from then on staleness is not noticed any more.
--- atalaia: the result of the forced check ends the wait for it, so that staleness is noticed again
--- until: 20
--- main
check_service_freshness=1
check_host_freshness=1
service_freshness_check_interval=1
host_freshness_check_interval=1
additional_freshness_latency=2
--- objects
define host {
 use host
 host_name freshness-raced
}
define service {
 use service
 host_name freshness-raced
 service_description web
 active_checks_enabled 0
 max_check_attempts 1
 check_freshness 1
 freshness_threshold 4
}
--- scenario
3	command	PROCESS_SERVICE_CHECK_RESULT;freshness-raced;web;0;fine
10	command	PROCESS_SERVICE_CHECK_RESULT;freshness-raced;web;0;fine after all
11	service	freshness-raced	web	2	no news
12	command	PROCESS_SERVICE_CHECK_RESULT;freshness-raced;web;0;fine
