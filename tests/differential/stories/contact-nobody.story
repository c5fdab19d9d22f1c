# Contacts: a message that nobody wants does not count as one, so a recovery is not told and the next problem
# is the first again.
--- differs: 4.4.6 counts a recovery as a message, so that it is matched with the number of the last one
--- objects
define contact {
 use contact
 contact_name contact-nobody-critical
 service_notification_options c,r
}
define host {
 use host
 host_name contact-nobody
}
define service {
 use service
 host_name contact-nobody
 service_description web
 max_check_attempts 1
 contacts contact-nobody-critical
 notification_interval 1
}
define serviceescalation {
 host_name contact-nobody
 service_description web
 first_notification 2
 last_notification 0
 notification_interval 1
 contacts manager
}
define service {
 use service
 host_name contact-nobody
 service_description lonely
 max_check_attempts 1
 contacts null
 contact_groups null
}
--- scenario
2	command	PROCESS_SERVICE_CHECK_RESULT;contact-nobody;web;1;slow
2	command	PROCESS_SERVICE_CHECK_RESULT;contact-nobody;lonely;2;dead
3	command	PROCESS_SERVICE_CHECK_RESULT;contact-nobody;web;1;slow
4	command	PROCESS_SERVICE_CHECK_RESULT;contact-nobody;web;2;dead
4	command	PROCESS_SERVICE_CHECK_RESULT;contact-nobody;lonely;0;fine
5	command	PROCESS_SERVICE_CHECK_RESULT;contact-nobody;web;2;dead
6	command	PROCESS_SERVICE_CHECK_RESULT;contact-nobody;web;0;fine
