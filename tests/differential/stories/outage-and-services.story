# A host's outage makes its services' problems hard at once, and nobody is told of them. When the host is UP
# again, the next equal result is told, without an alert.
--- objects
define host {
 use host
 host_name outage-and-services
}
define service {
 use service
 host_name outage-and-services
 service_description bad-before
 max_check_attempts 2
}
define service {
 use service
 host_name outage-and-services
 service_description soft-before
 max_check_attempts 3
}
define service {
 use service
 host_name outage-and-services
 service_description born-bad
 max_check_attempts 3
}
define service {
 use service
 host_name outage-and-services
 service_description fine
}
--- scenario
2	command	PROCESS_SERVICE_CHECK_RESULT;outage-and-services;bad-before;2;dead
2	command	PROCESS_SERVICE_CHECK_RESULT;outage-and-services;soft-before;0;fine
2	command	PROCESS_SERVICE_CHECK_RESULT;outage-and-services;born-bad;0;fine
3	command	PROCESS_SERVICE_CHECK_RESULT;outage-and-services;bad-before;2;dead
3	command	PROCESS_SERVICE_CHECK_RESULT;outage-and-services;soft-before;2;dead
4	command	PROCESS_HOST_CHECK_RESULT;outage-and-services;1;gone
6	command	PROCESS_SERVICE_CHECK_RESULT;outage-and-services;bad-before;2;dead
6	command	PROCESS_SERVICE_CHECK_RESULT;outage-and-services;soft-before;2;dead
6	command	PROCESS_SERVICE_CHECK_RESULT;outage-and-services;born-bad;2;dead
6	command	PROCESS_SERVICE_CHECK_RESULT;outage-and-services;fine;0;fine
7	command	PROCESS_SERVICE_CHECK_RESULT;outage-and-services;bad-before;2;dead
7	command	PROCESS_SERVICE_CHECK_RESULT;outage-and-services;soft-before;2;dead
7	command	PROCESS_SERVICE_CHECK_RESULT;outage-and-services;born-bad;2;dead
8	command	PROCESS_SERVICE_CHECK_RESULT;outage-and-services;bad-before;1;slow
8	command	PROCESS_SERVICE_CHECK_RESULT;outage-and-services;soft-before;1;slow
8	command	PROCESS_SERVICE_CHECK_RESULT;outage-and-services;born-bad;1;slow
10	command	PROCESS_HOST_CHECK_RESULT;outage-and-services;0;here
11	command	PROCESS_SERVICE_CHECK_RESULT;outage-and-services;bad-before;1;slow
11	command	PROCESS_SERVICE_CHECK_RESULT;outage-and-services;soft-before;1;slow
11	command	PROCESS_SERVICE_CHECK_RESULT;outage-and-services;born-bad;1;slow
12	command	PROCESS_SERVICE_CHECK_RESULT;outage-and-services;bad-before;1;slow
12	command	PROCESS_SERVICE_CHECK_RESULT;outage-and-services;soft-before;1;slow
12	command	PROCESS_SERVICE_CHECK_RESULT;outage-and-services;born-bad;1;slow
13	command	PROCESS_SERVICE_CHECK_RESULT;outage-and-services;bad-before;0;fine
13	command	PROCESS_SERVICE_CHECK_RESULT;outage-and-services;soft-before;0;fine
13	command	PROCESS_SERVICE_CHECK_RESULT;outage-and-services;born-bad;0;fine
