# Escalations of hosts work like those of services.
--- objects
define contact {
 use contact
 contact_name escalation-host-ana
}
define contactgroup {
 contactgroup_name escalation-host-night
 alias escalation-host-night
 members escalation-host-ana
}
define host {
 use host
 host_name escalation-host
 notification_interval 1
}
define hostescalation {
 host_name escalation-host
 first_notification 2
 last_notification 2
 notification_interval 2
 contacts manager
}
define hostescalation {
 host_name escalation-host
 first_notification 3
 last_notification 0
 notification_interval 1
 contacts null
 contact_groups escalation-host-night
}
--- scenario
2	command	PROCESS_HOST_CHECK_RESULT;escalation-host;1;gone
3	command	PROCESS_HOST_CHECK_RESULT;escalation-host;1;gone
4	command	PROCESS_HOST_CHECK_RESULT;escalation-host;1;gone
5	command	PROCESS_HOST_CHECK_RESULT;escalation-host;1;gone
6	command	PROCESS_HOST_CHECK_RESULT;escalation-host;1;gone
7	command	PROCESS_HOST_CHECK_RESULT;escalation-host;0;here
