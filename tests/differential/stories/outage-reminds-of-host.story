# While a host is not UP, results of its services that bring the same problem again drive the host's
# re-notification.
--- objects
define host {
 use host
 host_name outage-reminds-of-host
 notification_interval 2
}
define service {
 use service
 host_name outage-reminds-of-host
 service_description web
}
define service {
 use service
 host_name outage-reminds-of-host
 service_description mail
}
--- scenario
2	command	PROCESS_SERVICE_CHECK_RESULT;outage-reminds-of-host;web;2;dead
3	command	PROCESS_HOST_CHECK_RESULT;outage-reminds-of-host;1;gone
4	command	PROCESS_SERVICE_CHECK_RESULT;outage-reminds-of-host;web;2;dead
5	command	PROCESS_SERVICE_CHECK_RESULT;outage-reminds-of-host;web;2;dead
6	command	PROCESS_SERVICE_CHECK_RESULT;outage-reminds-of-host;web;1;slow
7	command	PROCESS_SERVICE_CHECK_RESULT;outage-reminds-of-host;web;1;slow
8	command	PROCESS_SERVICE_CHECK_RESULT;outage-reminds-of-host;mail;0;fine
9	command	PROCESS_SERVICE_CHECK_RESULT;outage-reminds-of-host;web;1;slow
10	command	PROCESS_SERVICE_CHECK_RESULT;outage-reminds-of-host;web;0;fine
