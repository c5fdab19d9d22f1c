# Contact options: a contact is told of the states in its options. Of a service's recovery it is told if one
# of the states told so far was in them, of a host's if anybody was told.
--- objects
define contact {
 use contact
 contact_name contact-options-critical
 service_notification_options c,r
}
define contact {
 use contact
 contact_name contact-options-no-recovery
 service_notification_options w,c
}
define contact {
 use contact
 contact_name contact-options-none
 service_notification_options n
 host_notification_options n
}
define contact {
 use contact
 contact_name contact-options-unreachable
 host_notification_options u,r
}
define contact {
 use contact
 contact_name contact-options-down
 host_notification_options d
}
define host {
 use host
 host_name contact-options
 contacts contact-options-unreachable,contact-options-down,contact-options-none,operator
}
define service {
 use service
 host_name contact-options
 service_description web
 max_check_attempts 1
 contacts contact-options-critical,contact-options-no-recovery,contact-options-none
}
--- scenario
2	command	PROCESS_SERVICE_CHECK_RESULT;contact-options;web;1;slow
3	command	PROCESS_SERVICE_CHECK_RESULT;contact-options;web;0;fine
4	command	PROCESS_SERVICE_CHECK_RESULT;contact-options;web;2;dead
5	command	PROCESS_SERVICE_CHECK_RESULT;contact-options;web;0;fine
6	command	PROCESS_SERVICE_CHECK_RESULT;contact-options;web;1;slow
7	command	PROCESS_SERVICE_CHECK_RESULT;contact-options;web;2;dead
8	command	PROCESS_SERVICE_CHECK_RESULT;contact-options;web;1;slow
9	command	PROCESS_SERVICE_CHECK_RESULT;contact-options;web;0;fine
10	command	PROCESS_SERVICE_CHECK_RESULT;contact-options;web;3;who knows
11	command	PROCESS_SERVICE_CHECK_RESULT;contact-options;web;0;fine
12	command	PROCESS_HOST_CHECK_RESULT;contact-options;1;gone
13	command	PROCESS_HOST_CHECK_RESULT;contact-options;0;here
14	command	PROCESS_HOST_CHECK_RESULT;contact-options;2;cut off
15	command	PROCESS_HOST_CHECK_RESULT;contact-options;0;here
