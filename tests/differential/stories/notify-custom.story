# Custom messages: told whatever the state is; option 1 tells those of escalations too, 2 tells against
# switches and filters, 4 counts the message. Author and comment are needed.
--- differs: 4.4.6 counts a recovery as a message, so that it is matched with the number of the last one
--- objects
define host {
 use host
 host_name notify-custom
}
define service {
 use service
 host_name notify-custom
 service_description web
 max_check_attempts 1
}
define service {
 use service
 host_name notify-custom
 service_description quiet
 max_check_attempts 1
 notifications_enabled 0
 notification_options n
}
define serviceescalation {
 host_name notify-custom
 service_description web
 first_notification 2
 last_notification 2
 notification_interval 60
 contacts manager
}
define serviceescalation {
 host_name notify-custom
 service_description web
 first_notification 5
 last_notification 5
 notification_interval 60
 contacts director
}
--- scenario
2	command	SEND_CUSTOM_SVC_NOTIFICATION;notify-custom;web;0;ana;hello
3	command	PROCESS_SERVICE_CHECK_RESULT;notify-custom;web;0;fine
4	command	SEND_CUSTOM_SVC_NOTIFICATION;notify-custom;web;1;ana;to everybody
5	command	SEND_CUSTOM_SVC_NOTIFICATION;notify-custom;quiet;0;ana;not wanted
5	command	SEND_CUSTOM_SVC_NOTIFICATION;notify-custom;quiet;2;ana;forced
6	command	PROCESS_SERVICE_CHECK_RESULT;notify-custom;web;2;dead
7	command	SEND_CUSTOM_SVC_NOTIFICATION;notify-custom;web;4;ana;counts
8	command	SEND_CUSTOM_SVC_NOTIFICATION;notify-custom;web;0;ana;still the second
9	command	SEND_CUSTOM_SVC_NOTIFICATION;notify-custom;web;0;ana
9	command	SEND_CUSTOM_SVC_NOTIFICATION;notify-custom;web;0
10	command	SEND_CUSTOM_HOST_NOTIFICATION;notify-custom;0;ana;hello host
11	command	SEND_CUSTOM_HOST_NOTIFICATION;notify-custom;7;ana;everything; really
12	command	SEND_CUSTOM_HOST_NOTIFICATION;notify-custom;;ana;an empty number
13	command	PROCESS_SERVICE_CHECK_RESULT;notify-custom;web;0;fine
