# Downtime: a recovery in it of a problem that was told before is told with the next OK result after it.
--- differs: 4.4.6 tells a recovery with the result that brings it or never
--- objects
define host {
 use host
 host_name downtime-recovery
}
define service {
 use service
 host_name downtime-recovery
 service_description web
 max_check_attempts 1
}
--- scenario
2	command	PROCESS_SERVICE_CHECK_RESULT;downtime-recovery;web;2;dead
2	command	PROCESS_HOST_CHECK_RESULT;downtime-recovery;1;gone
3	command	PROCESS_HOST_CHECK_RESULT;downtime-recovery;0;here
4	command	SCHEDULE_SVC_DOWNTIME;downtime-recovery;web;@+4@;@+9@;1;0;0;ana;maintenance
5	command	PROCESS_SERVICE_CHECK_RESULT;downtime-recovery;web;0;fine
6	command	PROCESS_SERVICE_CHECK_RESULT;downtime-recovery;web;0;fine
11	command	PROCESS_SERVICE_CHECK_RESULT;downtime-recovery;web;0;fine
12	command	PROCESS_SERVICE_CHECK_RESULT;downtime-recovery;web;0;fine
