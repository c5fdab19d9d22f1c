# Downtime: only the first of several that begins and the last that ends are logged and told.
--- objects
define host {
 use host
 host_name downtime-nested
}
define service {
 use service
 host_name downtime-nested
 service_description inside
 max_check_attempts 1
}
define service {
 use service
 host_name downtime-nested
 service_description overlapping
 max_check_attempts 1
}
--- scenario
2	command	SCHEDULE_SVC_DOWNTIME;downtime-nested;inside;@+2@;@+14@;1;0;0;ana;outer
2	command	SCHEDULE_SVC_DOWNTIME;downtime-nested;inside;@+5@;@+9@;1;0;0;ana;inner
2	command	SCHEDULE_SVC_DOWNTIME;downtime-nested;overlapping;@+3@;@+8@;1;0;0;ana;early
2	command	SCHEDULE_SVC_DOWNTIME;downtime-nested;overlapping;@+6@;@+12@;1;0;0;ana;late
4	command	PROCESS_SERVICE_CHECK_RESULT;downtime-nested;inside;2;dead
7	command	PROCESS_SERVICE_CHECK_RESULT;downtime-nested;overlapping;2;dead
11	command	PROCESS_SERVICE_CHECK_RESULT;downtime-nested;inside;2;dead
11	command	PROCESS_SERVICE_CHECK_RESULT;downtime-nested;overlapping;2;dead
14	command	PROCESS_SERVICE_CHECK_RESULT;downtime-nested;overlapping;2;dead
16	command	PROCESS_SERVICE_CHECK_RESULT;downtime-nested;inside;2;dead
