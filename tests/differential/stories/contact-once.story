# Contacts: somebody who is in several lists and groups is told once; the last to be found is told first.
--- objects
define contact {
 use contact
 contact_name contact-once-ana
}
define contact {
 use contact
 contact_name contact-once-bia
}
define contact {
 use contact
 contact_name contact-once-caio
}
define contact {
 use contact
 contact_name contact-once-davi
}
define contactgroup {
 contactgroup_name contact-once-day
 alias contact-once-day
 members contact-once-ana,contact-once-bia
}
define contactgroup {
 contactgroup_name contact-once-night
 alias contact-once-night
 members contact-once-caio,contact-once-bia
}
define contactgroup {
 contactgroup_name contact-once-all
 alias contact-once-all
 members contact-once-davi
 contactgroup_members contact-once-day,contact-once-night
}
define host {
 use host
 host_name contact-once
 contacts contact-once-bia,operator
 contact_groups contact-once-night,contact-once-day
}
define service {
 use service
 host_name contact-once
 service_description web
 max_check_attempts 1
 contacts contact-once-ana,operator
 contact_groups contact-once-all,contact-once-night
}
define service {
 use service
 host_name contact-once
 service_description mail
 max_check_attempts 1
 contacts contact-once-ana,contact-once-bia,contact-once-caio
}
define service {
 use service
 host_name contact-once
 service_description inherited
 max_check_attempts 1
 contacts +contact-once-davi
}
--- scenario
2	command	PROCESS_SERVICE_CHECK_RESULT;contact-once;web;2;dead
3	command	PROCESS_SERVICE_CHECK_RESULT;contact-once;mail;2;dead
4	command	PROCESS_SERVICE_CHECK_RESULT;contact-once;inherited;2;dead
5	command	PROCESS_HOST_CHECK_RESULT;contact-once;1;gone
