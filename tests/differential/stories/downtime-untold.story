# Downtime: without s in the object's or the contact's options it is logged only. Custom messages are not sent
# in it.
--- objects
define contact {
 use contact
 contact_name downtime-untold-no-s
 service_notification_options w,u,c,r
}
define host {
 use host
 host_name downtime-untold
}
define service {
 use service
 host_name downtime-untold
 service_description object
 notification_options w,u,c,r
}
define service {
 use service
 host_name downtime-untold
 service_description contact
 contacts downtime-untold-no-s
}
define service {
 use service
 host_name downtime-untold
 service_description custom
}
--- scenario
2	command	SCHEDULE_SVC_DOWNTIME;downtime-untold;object;@+2@;@+6@;1;0;0;ana;maintenance
3	command	SCHEDULE_SVC_DOWNTIME;downtime-untold;contact;@+3@;@+8@;1;0;0;ana;maintenance
4	command	SCHEDULE_SVC_DOWNTIME;downtime-untold;custom;@+4@;@+10@;1;0;0;ana;maintenance
5	command	SEND_CUSTOM_SVC_NOTIFICATION;downtime-untold;custom;0;ana;not now
5	command	SEND_CUSTOM_SVC_NOTIFICATION;downtime-untold;custom;2;ana;forced
12	command	SEND_CUSTOM_SVC_NOTIFICATION;downtime-untold;custom;0;ana;after it
