# Custom variables are changed by commands, which the arguments of an event handler show. An unknown one stays
# unknown.
--- objects
define host {
 use host
 host_name handler-of-custom-variables
 _TIER gold
}
define service {
 use service
 host_name handler-of-custom-variables
 service_description web
 max_check_attempts 1
 _LEVEL 1
 event_handler restart!$_SERVICELEVEL$ $_HOSTTIER$
}
--- scenario
2	command	PROCESS_SERVICE_CHECK_RESULT;handler-of-custom-variables;web;2;dead
3	command	CHANGE_CUSTOM_SVC_VAR;handler-of-custom-variables;web;level;2
3	command	CHANGE_CUSTOM_HOST_VAR;handler-of-custom-variables;TIER;silver; and more
4	command	PROCESS_SERVICE_CHECK_RESULT;handler-of-custom-variables;web;1;slow
5	command	CHANGE_CUSTOM_SVC_VAR;handler-of-custom-variables;web;NEW;value
5	command	CHANGE_CUSTOM_SVC_VAR;handler-of-custom-variables;web
5	command	CHANGE_CUSTOM_HOST_VAR;handler-of-custom-variables-nowhere;TIER;bronze
6	command	PROCESS_SERVICE_CHECK_RESULT;handler-of-custom-variables;web;0;fine
