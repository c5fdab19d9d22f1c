# Acknowledgement of hosts: normal ones are dropped by DOWN turning UNREACHABLE, sticky ones stay until the
# recovery.
--- objects
define host {
 use host
 host_name ack-host-normal
 notification_interval 1
}
define host {
 use host
 host_name ack-host-sticky
 notification_interval 1
}
--- scenario
2	command	PROCESS_HOST_CHECK_RESULT;ack-host-normal;1;gone
2	command	PROCESS_HOST_CHECK_RESULT;ack-host-sticky;1;gone
3	command	ACKNOWLEDGE_HOST_PROBLEM;ack-host-normal;1;1;0;ana;on my way
3	command	ACKNOWLEDGE_HOST_PROBLEM;ack-host-sticky;2;1;0;ana;on my way
4	command	PROCESS_HOST_CHECK_RESULT;ack-host-normal;1;gone
4	command	PROCESS_HOST_CHECK_RESULT;ack-host-sticky;1;gone
5	command	PROCESS_HOST_CHECK_RESULT;ack-host-normal;2;cut off
5	command	PROCESS_HOST_CHECK_RESULT;ack-host-sticky;2;cut off
6	command	PROCESS_HOST_CHECK_RESULT;ack-host-normal;0;here
6	command	PROCESS_HOST_CHECK_RESULT;ack-host-sticky;0;here
7	command	ACKNOWLEDGE_HOST_PROBLEM;ack-host-normal;1;1;0;ana;it is UP
