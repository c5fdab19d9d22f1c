# Results: active and passive results of one service count in the same row.
--- objects
define host {
 use host
 host_name service-mixed-results
}
define service {
 use service
 host_name service-mixed-results
 service_description web
}
--- scenario
2	service	service-mixed-results	web	2	dead
3	command	PROCESS_SERVICE_CHECK_RESULT;service-mixed-results;web;2;dead
5	service	service-mixed-results	web	2	dead
6	command	PROCESS_SERVICE_CHECK_RESULT;service-mixed-results;web;0;fine
