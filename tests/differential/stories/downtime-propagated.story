# Downtime: SCHEDULE_AND_PROPAGATE_HOST_DOWNTIME gives every host behind a host its own.
--- loose: downtimes that begin in the same second begin in any order
--- objects
define host {
 use host
 host_name downtime-propagated-router
}
define host {
 use host
 host_name downtime-propagated-server
 parents downtime-propagated-router
}
define host {
 use host
 host_name downtime-propagated-guest
 parents downtime-propagated-server
}
define service {
 use service
 host_name downtime-propagated-guest
 service_description web
 max_check_attempts 1
}
--- scenario
2	command	SCHEDULE_AND_PROPAGATE_HOST_DOWNTIME;downtime-propagated-router;@+2@;@+7@;1;0;0;ana;maintenance
4	command	PROCESS_SERVICE_CHECK_RESULT;downtime-propagated-guest;web;2;dead
5	command	PROCESS_HOST_CHECK_RESULT;downtime-propagated-server;1;gone
9	command	PROCESS_HOST_CHECK_RESULT;downtime-propagated-server;0;here
9	command	PROCESS_SERVICE_CHECK_RESULT;downtime-propagated-guest;web;2;dead
