# A restart keeps states, attempts, acknowledgements, switches, and who was told of what. A downtime in effect
# is logged as begun again and not told again.
--- alone: restarts the program
--- atalaia: a downtime that goes on is not logged again, for nothing happened
--- main
retain_state_information=1
use_retained_program_state=1
use_retained_scheduling_info=0
retention_update_interval=0
--- objects
define host {
 use host
 host_name restart-remembers
}
define host {
 use host
 host_name restart-remembers-down
}
define service {
 use service
 host_name restart-remembers
 service_description soft
}
define service {
 use service
 host_name restart-remembers
 service_description hard
 max_check_attempts 1
 notification_interval 60
}
define service {
 use service
 host_name restart-remembers
 service_description acknowledged
 max_check_attempts 1
 notification_interval 1
}
define service {
 use service
 host_name restart-remembers
 service_description quiet
 max_check_attempts 1
}
define service {
 use service
 host_name restart-remembers
 service_description recovering
 max_check_attempts 1
}
--- scenario
2	command	PROCESS_SERVICE_CHECK_RESULT;restart-remembers;soft;2;dead
2	command	PROCESS_SERVICE_CHECK_RESULT;restart-remembers;hard;2;dead
2	command	PROCESS_SERVICE_CHECK_RESULT;restart-remembers;acknowledged;2;dead
2	command	PROCESS_SERVICE_CHECK_RESULT;restart-remembers;recovering;2;dead
2	command	SCHEDULE_HOST_DOWNTIME;restart-remembers-down;@+2@;@+14@;1;0;0;ana;maintenance
3	command	PROCESS_SERVICE_CHECK_RESULT;restart-remembers;soft;2;dead
3	command	ACKNOWLEDGE_SVC_PROBLEM;restart-remembers;acknowledged;2;0;1;ana;mine
3	command	DISABLE_SVC_NOTIFICATIONS;restart-remembers;quiet
4	command	RESTART_PROCESS
8	command	PROCESS_SERVICE_CHECK_RESULT;restart-remembers;soft;2;dead
8	command	PROCESS_SERVICE_CHECK_RESULT;restart-remembers;hard;2;dead
8	command	PROCESS_SERVICE_CHECK_RESULT;restart-remembers;acknowledged;2;dead
8	command	PROCESS_SERVICE_CHECK_RESULT;restart-remembers;quiet;2;dead
9	command	PROCESS_HOST_CHECK_RESULT;restart-remembers-down;1;gone
10	command	PROCESS_SERVICE_CHECK_RESULT;restart-remembers;recovering;0;fine
11	command	PROCESS_SERVICE_CHECK_RESULT;restart-remembers;acknowledged;0;fine
16	command	PROCESS_HOST_CHECK_RESULT;restart-remembers-down;1;gone
