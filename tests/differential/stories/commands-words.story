# Commands: words where a number belongs count as 0.
--- atalaia: they are refused, for a typing mistake must not turn a problem green
--- objects
define host {
 use host
 host_name commands-words
}
define service {
 use service
 host_name commands-words
 service_description web
 max_check_attempts 1
}
define service {
 use service
 host_name commands-words
 service_description mail
}
--- scenario
2	command	PROCESS_SERVICE_CHECK_RESULT;commands-words;web;2;dead
2	command	PROCESS_HOST_CHECK_RESULT;commands-words;1;gone
3	command	PROCESS_SERVICE_CHECK_RESULT;commands-words;web;ok;fine
3	command	PROCESS_HOST_CHECK_RESULT;commands-words;up;here
4	command	SCHEDULE_HOST_DOWNTIME;commands-words;now;later;1;0;0;ana;maintenance
5	command	SEND_CUSTOM_SVC_NOTIFICATION;commands-words;web;all;ana;hello
6	command	CHANGE_MAX_SVC_CHECK_ATTEMPTS;commands-words;mail;one
7	command	PROCESS_SERVICE_CHECK_RESULT;commands-words;mail;2;dead
