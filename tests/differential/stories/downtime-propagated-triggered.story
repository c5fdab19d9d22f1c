# Downtime: SCHEDULE_AND_PROPAGATE_TRIGGERED_HOST_DOWNTIME gives every host behind a host one that begins and
# ends with it.
--- loose: downtimes that begin in the same second begin in any order
--- objects
define host {
 use host
 host_name downtime-propagated-triggered-router
}
define host {
 use host
 host_name downtime-propagated-triggered-server
 parents downtime-propagated-triggered-router
}
define host {
 use host
 host_name downtime-propagated-triggered-guest
 parents downtime-propagated-triggered-server
}
--- scenario
2	command	SCHEDULE_AND_PROPAGATE_TRIGGERED_HOST_DOWNTIME;downtime-propagated-triggered-router;@+4@;@+8@;1;0;0;ana;maintenance
6	command	PROCESS_HOST_CHECK_RESULT;downtime-propagated-triggered-server;1;gone
11	command	PROCESS_HOST_CHECK_RESULT;downtime-propagated-triggered-server;1;gone
