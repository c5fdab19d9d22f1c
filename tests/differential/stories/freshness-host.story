# Freshness: hosts are forced to be checked like services.
--- until: 18
--- main
check_service_freshness=1
check_host_freshness=1
service_freshness_check_interval=1
host_freshness_check_interval=1
additional_freshness_latency=2
--- objects
define host {
 use host
 host_name freshness-host
 active_checks_enabled 0
 max_check_attempts 1
 check_freshness 1
 freshness_threshold 4
}
--- scenario
3	command	PROCESS_HOST_CHECK_RESULT;freshness-host;0;here
10	host	freshness-host	2	no news
11	command	PROCESS_HOST_CHECK_RESULT;freshness-host;0;here
