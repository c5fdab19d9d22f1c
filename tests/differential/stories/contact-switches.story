# Contact switches: per contact and per contact group, for hosts and for services.
--- differs: 4.4.6 tells a recovery with the result that brings it or never
--- objects
define contact {
 use contact
 contact_name contact-switches-ana
}
define contact {
 use contact
 contact_name contact-switches-bia
 host_notifications_enabled 0
}
define contactgroup {
 contactgroup_name contact-switches-team
 alias contact-switches-team
 members contact-switches-ana,contact-switches-bia
}
define host {
 use host
 host_name contact-switches
 contacts null
 contact_groups contact-switches-team
}
define service {
 use service
 host_name contact-switches
 service_description web
 max_check_attempts 1
 contacts null
 contact_groups contact-switches-team
}
--- scenario
2	command	PROCESS_SERVICE_CHECK_RESULT;contact-switches;web;2;dead
2	command	PROCESS_HOST_CHECK_RESULT;contact-switches;1;gone
3	command	DISABLE_CONTACT_SVC_NOTIFICATIONS;contact-switches-ana
3	command	DISABLE_CONTACT_HOST_NOTIFICATIONS;contact-switches-ana
4	command	PROCESS_HOST_CHECK_RESULT;contact-switches;0;here
5	command	PROCESS_SERVICE_CHECK_RESULT;contact-switches;web;1;slow
6	command	ENABLE_CONTACT_SVC_NOTIFICATIONS;contact-switches-ana
6	command	ENABLE_CONTACT_HOST_NOTIFICATIONS;contact-switches-bia
7	command	PROCESS_SERVICE_CHECK_RESULT;contact-switches;web;2;dead
7	command	PROCESS_HOST_CHECK_RESULT;contact-switches;1;gone
8	command	DISABLE_CONTACTGROUP_SVC_NOTIFICATIONS;contact-switches-team
8	command	DISABLE_CONTACTGROUP_HOST_NOTIFICATIONS;contact-switches-team
9	command	PROCESS_HOST_CHECK_RESULT;contact-switches;0;here
9	command	PROCESS_SERVICE_CHECK_RESULT;contact-switches;web;0;fine
10	command	ENABLE_CONTACTGROUP_SVC_NOTIFICATIONS;contact-switches-team
10	command	ENABLE_CONTACTGROUP_HOST_NOTIFICATIONS;contact-switches-team
11	command	PROCESS_HOST_CHECK_RESULT;contact-switches;0;here
11	command	PROCESS_SERVICE_CHECK_RESULT;contact-switches;web;0;fine
