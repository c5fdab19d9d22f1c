# Downtime: a fixed one begins and ends at its times; problems in it are logged and not told. If the problem
# is still there after its end the next result is told.
--- objects
define host {
 use host
 host_name downtime-fixed
}
define service {
 use service
 host_name downtime-fixed
 service_description web
 max_check_attempts 1
}
--- scenario
2	command	SCHEDULE_SVC_DOWNTIME;downtime-fixed;web;@+4@;@+9@;1;0;0;ana;maintenance
6	command	PROCESS_SERVICE_CHECK_RESULT;downtime-fixed;web;2;dead
7	command	PROCESS_SERVICE_CHECK_RESULT;downtime-fixed;web;2;dead
11	command	PROCESS_SERVICE_CHECK_RESULT;downtime-fixed;web;2;dead
12	command	PROCESS_SERVICE_CHECK_RESULT;downtime-fixed;web;0;fine
