# Contact periods: a contact is not told outside of its own period; commands change it.
--- objects
define contact {
 use contact
 contact_name contact-periods-sleeper
 service_notification_period never
 host_notification_period never
}
define host {
 use host
 host_name contact-periods
 contacts operator,contact-periods-sleeper
}
define service {
 use service
 host_name contact-periods
 service_description web
 max_check_attempts 1
 contacts operator,contact-periods-sleeper
}
--- scenario
2	command	PROCESS_SERVICE_CHECK_RESULT;contact-periods;web;2;dead
3	command	CHANGE_CONTACT_SVC_NOTIFICATION_TIMEPERIOD;contact-periods-sleeper;always
4	command	PROCESS_SERVICE_CHECK_RESULT;contact-periods;web;1;slow
5	command	CHANGE_CONTACT_SVC_NOTIFICATION_TIMEPERIOD;contact-periods-sleeper;never
6	command	PROCESS_SERVICE_CHECK_RESULT;contact-periods;web;0;fine
7	command	PROCESS_HOST_CHECK_RESULT;contact-periods;1;gone
8	command	CHANGE_CONTACT_HOST_NOTIFICATION_TIMEPERIOD;contact-periods-sleeper;always
9	command	PROCESS_HOST_CHECK_RESULT;contact-periods;0;here
10	command	CHANGE_CONTACT_HOST_NOTIFICATION_TIMEPERIOD;contact-periods-sleeper;no-such-period
11	command	CHANGE_CONTACT_SVC_NOTIFICATION_TIMEPERIOD;contact-periods-nobody;always
