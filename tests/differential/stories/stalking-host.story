# Stalking: hosts are stalked like services.
--- objects
define host {
 use host
 host_name stalking-host
 stalking_options o,d
}
--- scenario
2	command	PROCESS_HOST_CHECK_RESULT;stalking-host;0;here
3	command	PROCESS_HOST_CHECK_RESULT;stalking-host;0;still here
4	command	PROCESS_HOST_CHECK_RESULT;stalking-host;1;gone
5	command	PROCESS_HOST_CHECK_RESULT;stalking-host;1;far gone
6	command	PROCESS_HOST_CHECK_RESULT;stalking-host;2;cut off
7	command	PROCESS_HOST_CHECK_RESULT;stalking-host;2;far off
8	command	PROCESS_HOST_CHECK_RESULT;stalking-host;0;here
