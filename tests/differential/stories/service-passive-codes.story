# Results: a passive return code out of 0 to 3 is UNKNOWN; the text may be missing, the code not, though it
# may be empty.
--- objects
define host {
 use host
 host_name service-passive-codes
}
define service {
 use service
 host_name service-passive-codes
 service_description web
 max_check_attempts 1
}
--- scenario
2	command	PROCESS_SERVICE_CHECK_RESULT;service-passive-codes;web;4;four
3	command	PROCESS_SERVICE_CHECK_RESULT;service-passive-codes;web;0;fine
4	command	PROCESS_SERVICE_CHECK_RESULT;service-passive-codes;web;-1;minus one
5	command	PROCESS_SERVICE_CHECK_RESULT;service-passive-codes;web;0;fine
6	command	PROCESS_SERVICE_CHECK_RESULT;service-passive-codes;web;2
7	command	PROCESS_SERVICE_CHECK_RESULT;service-passive-codes;web
8	command	PROCESS_SERVICE_CHECK_RESULT;service-passive-codes
9	command	PROCESS_SERVICE_CHECK_RESULT;service-passive-codes;web;;empty code
