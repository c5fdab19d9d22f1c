# Contacts with a minimum_importance are told only of objects that are important enough; for a host the
# importance of its services is added.
--- objects
define contact {
 use contact
 contact_name contact-importance-boss
 minimum_importance 5
}
define contact {
 use contact
 contact_name contact-importance-chief
 minimum_importance 8
}
define host {
 use host
 host_name contact-importance
 importance 3
 contacts operator,contact-importance-boss,contact-importance-chief
}
define service {
 use service
 host_name contact-importance
 service_description web
 max_check_attempts 1
 importance 4
 contacts operator,contact-importance-boss,contact-importance-chief
}
define service {
 use service
 host_name contact-importance
 service_description shop
 max_check_attempts 1
 importance 5
 contacts operator,contact-importance-boss,contact-importance-chief
}
define host {
 use host
 host_name contact-importance-small
 importance 7
 contacts operator,contact-importance-boss,contact-importance-chief
}
--- scenario
2	command	PROCESS_SERVICE_CHECK_RESULT;contact-importance;web;2;dead
3	command	PROCESS_SERVICE_CHECK_RESULT;contact-importance;shop;2;dead
4	command	PROCESS_HOST_CHECK_RESULT;contact-importance;1;gone
5	command	PROCESS_HOST_CHECK_RESULT;contact-importance;0;here
6	command	PROCESS_SERVICE_CHECK_RESULT;contact-importance;web;0;fine
7	command	PROCESS_SERVICE_CHECK_RESULT;contact-importance;shop;0;fine
8	command	PROCESS_HOST_CHECK_RESULT;contact-importance-small;1;gone
