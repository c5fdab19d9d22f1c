# Results: what of an output is told. Semicolons become colons, performance data and further lines are left
# out, and an output without text has a text of Nagios' own.
--- objects
define host {
 use host
 host_name service-output
}
define service {
 use service
 host_name service-output
 service_description web
 max_check_attempts 1
}
--- scenario
2	command	PROCESS_SERVICE_CHECK_RESULT;service-output;web;2;no answer|time=3s;;;0
3	command	PROCESS_SERVICE_CHECK_RESULT;service-output;web;0;first line\nsecond line|x=1\nthird line
4	command	PROCESS_SERVICE_CHECK_RESULT;service-output;web;2;one;two;three
5	command	PROCESS_SERVICE_CHECK_RESULT;service-output;web;0;|x=1
6	command	PROCESS_SERVICE_CHECK_RESULT;service-output;web;1;
7	command	PROCESS_SERVICE_CHECK_RESULT;service-output;web;0;  blanks around   | x=1
8	command	PROCESS_SERVICE_CHECK_RESULT;service-output;web;1;\nsecond line only
9	command	PROCESS_SERVICE_CHECK_RESULT;service-output;web;0;back\\slash
