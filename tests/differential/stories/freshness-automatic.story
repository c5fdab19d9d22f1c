# Freshness: without a threshold the check interval counts, or the retry interval while a problem is soft, and
# additional_freshness_latency is added.
--- until: 16
--- main
check_service_freshness=1
check_host_freshness=1
service_freshness_check_interval=1
host_freshness_check_interval=1
additional_freshness_latency=2
--- objects
define host {
 use host
 host_name freshness-automatic
 active_checks_enabled 0
 check_freshness 1
 check_interval 8
}
define service {
 use service
 host_name freshness-automatic
 service_description hard
 active_checks_enabled 0
 check_freshness 1
 check_interval 3
 retry_interval 60
}
define service {
 use service
 host_name freshness-automatic
 service_description soft
 active_checks_enabled 0
 check_freshness 1
 check_interval 60
 retry_interval 5
}
--- scenario
2	command	PROCESS_HOST_CHECK_RESULT;freshness-automatic;0;here
2	command	PROCESS_SERVICE_CHECK_RESULT;freshness-automatic;hard;0;fine
2	command	PROCESS_SERVICE_CHECK_RESULT;freshness-automatic;soft;2;dead
