# Flapping: without f in the object's notification options, in the contact's, or during downtime it is logged
# only.
--- main
enable_flap_detection=1
--- objects
define contact {
 use contact
 contact_name flapping-untold-no-f
 service_notification_options w,u,c,r
 host_notification_options d,u,r
}
define host {
 use host
 host_name flapping-untold
}
define host {
 use host
 host_name flapping-untold-object
 notification_options d,u,r
 low_flap_threshold 11
 high_flap_threshold 12
}
define host {
 use host
 host_name flapping-untold-contact
 contacts flapping-untold-no-f
 low_flap_threshold 11
 high_flap_threshold 12
}
define service {
 use service
 host_name flapping-untold
 service_description object
 max_check_attempts 1
 notification_options w,u,c,r
 low_flap_threshold 11
 high_flap_threshold 12
}
define service {
 use service
 host_name flapping-untold
 service_description contact
 max_check_attempts 1
 contacts flapping-untold-no-f
 low_flap_threshold 11
 high_flap_threshold 12
}
define service {
 use service
 host_name flapping-untold
 service_description downtime
 max_check_attempts 1
 low_flap_threshold 11
 high_flap_threshold 12
}
--- scenario
2	command	SCHEDULE_SVC_DOWNTIME;flapping-untold;downtime;@+2@;@+60@;1;0;0;ana;maintenance
3	command	PROCESS_SERVICE_CHECK_RESULT;flapping-untold;object;2;dead
3	command	PROCESS_SERVICE_CHECK_RESULT;flapping-untold;contact;2;dead
3	command	PROCESS_SERVICE_CHECK_RESULT;flapping-untold;downtime;2;dead
3	command	PROCESS_HOST_CHECK_RESULT;flapping-untold-object;1;gone
3	command	PROCESS_HOST_CHECK_RESULT;flapping-untold-contact;1;gone
4	command	PROCESS_SERVICE_CHECK_RESULT;flapping-untold;object;0;fine
4	command	PROCESS_SERVICE_CHECK_RESULT;flapping-untold;contact;0;fine
4	command	PROCESS_SERVICE_CHECK_RESULT;flapping-untold;downtime;0;fine
4	command	PROCESS_HOST_CHECK_RESULT;flapping-untold-object;0;here
4	command	PROCESS_HOST_CHECK_RESULT;flapping-untold-contact;0;here
