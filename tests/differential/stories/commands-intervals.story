# Commands: check and retry intervals are changed without a trace in the log.
--- objects
define host {
 use host
 host_name commands-intervals
}
define service {
 use service
 host_name commands-intervals
 service_description web
}
--- scenario
2	command	CHANGE_NORMAL_SVC_CHECK_INTERVAL;commands-intervals;web;60
2	command	CHANGE_RETRY_SVC_CHECK_INTERVAL;commands-intervals;web;30
3	command	CHANGE_NORMAL_HOST_CHECK_INTERVAL;commands-intervals;60
3	command	CHANGE_RETRY_HOST_CHECK_INTERVAL;commands-intervals;30
4	command	CHANGE_NORMAL_SVC_CHECK_INTERVAL;commands-intervals;web;-1
5	service	commands-intervals	web	2	dead
