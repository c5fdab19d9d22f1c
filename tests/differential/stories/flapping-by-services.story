# Flapping: every result of a service writes its host's state into the host's history, too, however long the
# check interval of the service is. A host without services is written by its own results only.
--- differs: 4.4.6 does not tell a recovery that was kept back while the object flapped
--- main
enable_flap_detection=1
--- objects
define host {
 use host
 host_name flapping-by-services-often
 low_flap_threshold 23
 high_flap_threshold 24
}
define service {
 use service
 host_name flapping-by-services-often
 service_description web
}
define host {
 use host
 host_name flapping-by-services-rarely
 low_flap_threshold 23
 high_flap_threshold 24
}
define service {
 use service
 host_name flapping-by-services-rarely
 service_description web
 check_interval 1000
}
--- scenario
2	command	PROCESS_HOST_CHECK_RESULT;flapping-by-services-often;1;gone
2	command	PROCESS_HOST_CHECK_RESULT;flapping-by-services-rarely;1;gone
3	command	PROCESS_HOST_CHECK_RESULT;flapping-by-services-often;0;here
3	command	PROCESS_HOST_CHECK_RESULT;flapping-by-services-rarely;0;here
4	command	PROCESS_HOST_CHECK_RESULT;flapping-by-services-often;1;gone
4	command	PROCESS_HOST_CHECK_RESULT;flapping-by-services-rarely;1;gone
5	command	PROCESS_HOST_CHECK_RESULT;flapping-by-services-often;0;here
5	command	PROCESS_HOST_CHECK_RESULT;flapping-by-services-rarely;0;here
6	command	PROCESS_SERVICE_CHECK_RESULT;flapping-by-services-often;web;0;fine
6	command	PROCESS_SERVICE_CHECK_RESULT;flapping-by-services-rarely;web;0;fine
7	command	PROCESS_SERVICE_CHECK_RESULT;flapping-by-services-often;web;0;fine
7	command	PROCESS_SERVICE_CHECK_RESULT;flapping-by-services-rarely;web;0;fine
8	command	PROCESS_SERVICE_CHECK_RESULT;flapping-by-services-often;web;0;fine
8	command	PROCESS_SERVICE_CHECK_RESULT;flapping-by-services-rarely;web;0;fine
9	command	PROCESS_SERVICE_CHECK_RESULT;flapping-by-services-often;web;0;fine
9	command	PROCESS_SERVICE_CHECK_RESULT;flapping-by-services-rarely;web;0;fine
10	command	PROCESS_SERVICE_CHECK_RESULT;flapping-by-services-often;web;0;fine
10	command	PROCESS_SERVICE_CHECK_RESULT;flapping-by-services-rarely;web;0;fine
