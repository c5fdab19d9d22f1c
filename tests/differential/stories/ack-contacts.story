# Acknowledgement: of it those are told who have the current state in their options; switched off
# notifications and the period count, downtime and dependencies do not.
--- objects
define contact {
 use contact
 contact_name ack-contacts-critical
 service_notification_options c,r
}
define contact {
 use contact
 contact_name ack-contacts-warning
 service_notification_options w
}
define host {
 use host
 host_name ack-contacts
}
define service {
 use service
 host_name ack-contacts
 service_description web
 max_check_attempts 1
 contacts ack-contacts-critical,ack-contacts-warning
}
define service {
 use service
 host_name ack-contacts
 service_description switched-off
 max_check_attempts 1
 notifications_enabled 0
}
define service {
 use service
 host_name ack-contacts
 service_description closed
 max_check_attempts 1
 notification_period never
}
define service {
 use service
 host_name ack-contacts
 service_description down
 max_check_attempts 1
}
--- scenario
2	command	SCHEDULE_SVC_DOWNTIME;ack-contacts;down;@+2@;@+60@;1;0;0;ana;maintenance
3	command	PROCESS_SERVICE_CHECK_RESULT;ack-contacts;web;1;slow
3	command	PROCESS_SERVICE_CHECK_RESULT;ack-contacts;switched-off;2;dead
3	command	PROCESS_SERVICE_CHECK_RESULT;ack-contacts;closed;2;dead
4	command	PROCESS_SERVICE_CHECK_RESULT;ack-contacts;down;2;dead
5	command	ACKNOWLEDGE_SVC_PROBLEM;ack-contacts;web;2;1;0;ana;mine
5	command	ACKNOWLEDGE_SVC_PROBLEM;ack-contacts;switched-off;2;1;0;ana;mine
5	command	ACKNOWLEDGE_SVC_PROBLEM;ack-contacts;closed;2;1;0;ana;mine
5	command	ACKNOWLEDGE_SVC_PROBLEM;ack-contacts;down;2;1;0;ana;mine
6	command	PROCESS_SERVICE_CHECK_RESULT;ack-contacts;web;0;fine
