# Freshness: the age of an object that was never checked counts from the start.
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
 host_name freshness-never-checked
 active_checks_enabled 0
 check_freshness 1
 freshness_threshold 6
}
define service {
 use service
 host_name freshness-never-checked
 service_description web
 active_checks_enabled 0
 check_freshness 1
 freshness_threshold 8
}
define service {
 use service
 host_name freshness-never-checked
 service_description closed
 active_checks_enabled 0
 check_freshness 1
 freshness_threshold 4
 check_period never
}
define service {
 use service
 host_name freshness-never-checked
 service_description off
 active_checks_enabled 0
 passive_checks_enabled 0
 check_freshness 1
 freshness_threshold 4
}
define service {
 use service
 host_name freshness-never-checked
 service_description no-interval
 active_checks_enabled 0
 check_freshness 1
 freshness_threshold 0
}
--- scenario
2	command	CHANGE_SVC_CHECK_TIMEPERIOD;freshness-never-checked;web;never
10	command	CHANGE_SVC_CHECK_TIMEPERIOD;freshness-never-checked;web;always
15	command	CHANGE_SVC_CHECK_TIMEPERIOD;freshness-never-checked;closed;always
