# Notification options of hosts: states that are not in them are not told.
--- objects
define host {
 use host
 host_name notify-options-host-down
 notification_options d
}
define host {
 use host
 host_name notify-options-host-unreachable
 notification_options u,r
}
define host {
 use host
 host_name notify-options-host-recovery
 notification_options r
}
define host {
 use host
 host_name notify-options-host-none
 notification_options n
}
--- scenario
2	command	PROCESS_HOST_CHECK_RESULT;notify-options-host-down;1;gone
2	command	PROCESS_HOST_CHECK_RESULT;notify-options-host-unreachable;1;gone
2	command	PROCESS_HOST_CHECK_RESULT;notify-options-host-recovery;1;gone
2	command	PROCESS_HOST_CHECK_RESULT;notify-options-host-none;1;gone
3	command	PROCESS_HOST_CHECK_RESULT;notify-options-host-down;2;cut off
3	command	PROCESS_HOST_CHECK_RESULT;notify-options-host-unreachable;2;cut off
4	command	PROCESS_HOST_CHECK_RESULT;notify-options-host-down;0;here
4	command	PROCESS_HOST_CHECK_RESULT;notify-options-host-unreachable;0;here
4	command	PROCESS_HOST_CHECK_RESULT;notify-options-host-recovery;0;here
4	command	PROCESS_HOST_CHECK_RESULT;notify-options-host-none;0;here
5	command	PROCESS_HOST_CHECK_RESULT;notify-options-host-down;1;gone
5	command	PROCESS_HOST_CHECK_RESULT;notify-options-host-unreachable;1;gone
6	command	PROCESS_HOST_CHECK_RESULT;notify-options-host-down;0;here
6	command	PROCESS_HOST_CHECK_RESULT;notify-options-host-unreachable;0;here
