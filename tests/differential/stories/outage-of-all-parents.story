# Since 4.5.7 nobody is told of the services of a host none of whose parents is UP, even if the host itself is
# UP. One parent that is UP is enough.
--- differs: 4.4.6 does not ask for the parents of the host
--- objects
define host {
 use host
 host_name outage-of-all-parents-left
 max_check_attempts 1
}
define host {
 use host
 host_name outage-of-all-parents-right
 max_check_attempts 1
}
define host {
 use host
 host_name outage-of-all-parents-server
 max_check_attempts 1
 parents outage-of-all-parents-left,outage-of-all-parents-right
}
define service {
 use service
 host_name outage-of-all-parents-server
 service_description web
 max_check_attempts 1
}
define service {
 use service
 host_name outage-of-all-parents-server
 service_description mail
 max_check_attempts 1
}
--- scenario
2	command	PROCESS_HOST_CHECK_RESULT;outage-of-all-parents-left;1;gone
3	command	PROCESS_SERVICE_CHECK_RESULT;outage-of-all-parents-server;web;2;dead
4	command	PROCESS_HOST_CHECK_RESULT;outage-of-all-parents-right;1;gone
5	command	PROCESS_SERVICE_CHECK_RESULT;outage-of-all-parents-server;mail;2;dead
6	command	PROCESS_SERVICE_CHECK_RESULT;outage-of-all-parents-server;web;0;fine
7	command	PROCESS_HOST_CHECK_RESULT;outage-of-all-parents-left;0;here
8	command	PROCESS_SERVICE_CHECK_RESULT;outage-of-all-parents-server;web;0;fine
8	command	PROCESS_SERVICE_CHECK_RESULT;outage-of-all-parents-server;mail;2;dead
