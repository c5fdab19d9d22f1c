# Passive results: a host may be named by its address.
--- objects
define host {
 use host
 host_name passive-by-address
 address 192.0.2.77
}
define service {
 use service
 host_name passive-by-address
 service_description web
 max_check_attempts 1
}
--- scenario
2	command	PROCESS_SERVICE_CHECK_RESULT;192.0.2.77;web;2;passive-by-address: dead
3	command	PROCESS_HOST_CHECK_RESULT;192.0.2.77;1;passive-by-address: gone
4	command	PROCESS_HOST_CHECK_RESULT;192.0.2.77;0;passive-by-address: here
