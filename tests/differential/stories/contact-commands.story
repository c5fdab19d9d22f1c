# Contacts: every command of a contact is run and logged, without its arguments.
--- objects
define contact {
 use contact
 contact_name contact-commands-ana
 service_notification_commands tell,page!loud!twice
 host_notification_commands page!loud
}
define host {
 use host
 host_name contact-commands
 contacts contact-commands-ana
}
define service {
 use service
 host_name contact-commands
 service_description web
 max_check_attempts 1
 contacts contact-commands-ana
}
--- scenario
2	command	PROCESS_SERVICE_CHECK_RESULT;contact-commands;web;2;dead
3	command	PROCESS_SERVICE_CHECK_RESULT;contact-commands;web;0;fine
4	command	PROCESS_HOST_CHECK_RESULT;contact-commands;1;gone
