# PROCESS_FILE runs the commands in a file one by one; a file that is not there is refused.
--- objects
define host {
 use host
 host_name commands-from-file
}
define service {
 use service
 host_name commands-from-file
 service_description web
 max_check_attempts 1
}
--- file: commands-from-file.commands
[@+3@] PROCESS_SERVICE_CHECK_RESULT;commands-from-file;web;2;dead
[@+3@] DISABLE_SVC_NOTIFICATIONS;commands-from-file;web
[@+3@] PROCESS_SERVICE_CHECK_RESULT;commands-from-file;web;0;fine
[@+3@] ENABLE_SVC_NOTIFICATIONS;commands-from-file;no-such-service
--- scenario
3	command	PROCESS_FILE;@FOLDER@/commands-from-file.commands;0
5	command	PROCESS_FILE;@FOLDER@/commands-from-file.commands;1
7	command	PROCESS_FILE;@FOLDER@/commands-from-file.commands;0
8	command	PROCESS_FILE;@FOLDER@/commands-from-file.commands
