# Downtime: a flexible one that never begins ends with a message but without an alert, a second after its
# window.
--- objects
define host {
 use host
 host_name downtime-flexible-never
}
define service {
 use service
 host_name downtime-flexible-never
 service_description web
 max_check_attempts 1
}
--- scenario
2	command	SCHEDULE_SVC_DOWNTIME;downtime-flexible-never;web;@+3@;@+6@;0;0;60;ana;maintenance
2	command	SCHEDULE_HOST_DOWNTIME;downtime-flexible-never;@+3@;@+9@;0;0;60;ana;maintenance
4	command	PROCESS_SERVICE_CHECK_RESULT;downtime-flexible-never;web;0;fine
12	command	PROCESS_SERVICE_CHECK_RESULT;downtime-flexible-never;web;2;dead
13	command	PROCESS_SERVICE_CHECK_RESULT;downtime-flexible-never;web;0;fine
