# Flapping: hosts flap like services. Default thresholds.
--- main
enable_flap_detection=1
--- objects
define host {
 use host
 host_name flapping-host
}
--- scenario
2	command	PROCESS_HOST_CHECK_RESULT;flapping-host;1;gone
3	command	PROCESS_HOST_CHECK_RESULT;flapping-host;0;here
4	command	PROCESS_HOST_CHECK_RESULT;flapping-host;1;gone
5	command	PROCESS_HOST_CHECK_RESULT;flapping-host;0;here
6	command	PROCESS_HOST_CHECK_RESULT;flapping-host;1;gone
7	command	PROCESS_HOST_CHECK_RESULT;flapping-host;2;cut off
8	command	PROCESS_HOST_CHECK_RESULT;flapping-host;2;cut off
9	command	PROCESS_HOST_CHECK_RESULT;flapping-host;2;cut off
10	command	PROCESS_HOST_CHECK_RESULT;flapping-host;2;cut off
11	command	PROCESS_HOST_CHECK_RESULT;flapping-host;2;cut off
12	command	PROCESS_HOST_CHECK_RESULT;flapping-host;2;cut off
13	command	PROCESS_HOST_CHECK_RESULT;flapping-host;2;cut off
14	command	PROCESS_HOST_CHECK_RESULT;flapping-host;2;cut off
15	command	PROCESS_HOST_CHECK_RESULT;flapping-host;2;cut off
16	command	PROCESS_HOST_CHECK_RESULT;flapping-host;2;cut off
17	command	PROCESS_HOST_CHECK_RESULT;flapping-host;2;cut off
18	command	PROCESS_HOST_CHECK_RESULT;flapping-host;2;cut off
19	command	PROCESS_HOST_CHECK_RESULT;flapping-host;2;cut off
20	command	PROCESS_HOST_CHECK_RESULT;flapping-host;2;cut off
21	command	PROCESS_HOST_CHECK_RESULT;flapping-host;2;cut off
22	command	PROCESS_HOST_CHECK_RESULT;flapping-host;2;cut off
23	command	PROCESS_HOST_CHECK_RESULT;flapping-host;2;cut off
24	command	PROCESS_HOST_CHECK_RESULT;flapping-host;2;cut off
25	command	PROCESS_HOST_CHECK_RESULT;flapping-host;0;here
