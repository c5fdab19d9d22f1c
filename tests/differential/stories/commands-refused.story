# Commands: those that name an object that does not exist, or too little, fail after they were logged.
--- objects
define host {
 use host
 host_name commands-refused
}
define service {
 use service
 host_name commands-refused
 service_description web
}
--- scenario
2	command	DISABLE_SVC_NOTIFICATIONS;commands-refused;no-such-service
2	command	DISABLE_SVC_NOTIFICATIONS;commands-refused
3	command	DISABLE_HOST_NOTIFICATIONS;commands-refused-nowhere
3	command	DISABLE_HOSTGROUP_SVC_CHECKS;commands-refused-nowhere
3	command	DISABLE_SERVICEGROUP_SVC_CHECKS;commands-refused-nowhere
4	command	DISABLE_CONTACT_SVC_NOTIFICATIONS;commands-refused-nobody
4	command	DISABLE_CONTACTGROUP_SVC_NOTIFICATIONS;commands-refused-nobody
5	command	SCHEDULE_SVC_CHECK;commands-refused;web
5	command	SCHEDULE_HOST_CHECK;commands-refused-nowhere;@+60@
6	command	ACKNOWLEDGE_SVC_PROBLEM;commands-refused;web;1;1;1;ana
6	command	ACKNOWLEDGE_SVC_PROBLEM;commands-refused;no-such-service;1;1;1;ana;nowhere
6	command	ACKNOWLEDGE_HOST_PROBLEM;commands-refused-nowhere;1;1;1;ana;nowhere
7	command	REMOVE_SVC_ACKNOWLEDGEMENT;commands-refused;no-such-service
7	command	SET_SVC_NOTIFICATION_NUMBER;commands-refused;no-such-service;1
7	command	SET_SVC_NOTIFICATION_NUMBER;commands-refused;web
8	command	SEND_CUSTOM_SVC_NOTIFICATION;commands-refused;no-such-service;0;ana;nowhere
8	command	CHANGE_SVC_CHECK_TIMEPERIOD;commands-refused;web;no-such-period
8	command	CHANGE_MAX_SVC_CHECK_ATTEMPTS;commands-refused;web
