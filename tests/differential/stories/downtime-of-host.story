# Downtime: one of a host keeps its services quiet too, without being theirs. What is still wrong after it is
# told.
--- objects
define host {
 use host
 host_name downtime-of-host
}
define service {
 use service
 host_name downtime-of-host
 service_description web
 max_check_attempts 1
}
define service {
 use service
 host_name downtime-of-host
 service_description once
 max_check_attempts 1
 notification_interval 0
}
--- scenario
2	command	SCHEDULE_HOST_DOWNTIME;downtime-of-host;@+2@;@+9@;1;0;0;ana;maintenance
4	command	PROCESS_SERVICE_CHECK_RESULT;downtime-of-host;web;2;dead
4	command	PROCESS_SERVICE_CHECK_RESULT;downtime-of-host;once;2;dead
5	command	PROCESS_HOST_CHECK_RESULT;downtime-of-host;1;gone
6	command	PROCESS_SERVICE_CHECK_RESULT;downtime-of-host;web;2;dead
11	command	PROCESS_HOST_CHECK_RESULT;downtime-of-host;1;gone
12	command	PROCESS_HOST_CHECK_RESULT;downtime-of-host;0;here
13	command	PROCESS_SERVICE_CHECK_RESULT;downtime-of-host;web;2;dead
13	command	PROCESS_SERVICE_CHECK_RESULT;downtime-of-host;once;2;dead
14	command	PROCESS_SERVICE_CHECK_RESULT;downtime-of-host;web;0;fine
14	command	PROCESS_SERVICE_CHECK_RESULT;downtime-of-host;once;0;fine
