# Downtime: while a flexible one of a host waits in its window, the services of the host are kept quiet, the
# host not.
--- objects
define host {
 use host
 host_name downtime-flexible-of-host
}
define service {
 use service
 host_name downtime-flexible-of-host
 service_description web
 max_check_attempts 1
}
--- scenario
2	command	SCHEDULE_HOST_DOWNTIME;downtime-flexible-of-host;@+2@;@+7@;0;0;60;ana;maintenance
4	command	PROCESS_SERVICE_CHECK_RESULT;downtime-flexible-of-host;web;2;dead
10	command	PROCESS_SERVICE_CHECK_RESULT;downtime-flexible-of-host;web;2;dead
11	command	PROCESS_SERVICE_CHECK_RESULT;downtime-flexible-of-host;web;0;fine
