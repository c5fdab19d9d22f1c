# Downtime: one of a service that begins during one of its host is logged and told all the same. During the
# host's, custom messages about the service are not sent.
--- objects
define host {
 use host
 host_name downtime-of-both
}
define service {
 use service
 host_name downtime-of-both
 service_description web
}
--- scenario
2	command	SCHEDULE_HOST_DOWNTIME;downtime-of-both;@+2@;@+10@;1;0;0;ana;of the host
4	command	SCHEDULE_SVC_DOWNTIME;downtime-of-both;web;@+4@;@+7@;1;0;0;ana;of the service
9	command	SEND_CUSTOM_SVC_NOTIFICATION;downtime-of-both;web;0;ana;not now
12	command	SEND_CUSTOM_SVC_NOTIFICATION;downtime-of-both;web;0;ana;after it
