# Commands: switches of the program that leave no other trace in the log, and how commands without arguments
# are logged.
--- objects
define host {
 use host
 host_name commands-of-the-program
}
--- scenario
2	command	START_OBSESSING_OVER_SVC_CHECKS
2	command	STOP_OBSESSING_OVER_SVC_CHECKS
2	command	START_OBSESSING_OVER_HOST_CHECKS
2	command	STOP_OBSESSING_OVER_HOST_CHECKS
3	command	ENABLE_PERFORMANCE_DATA
3	command	DISABLE_PERFORMANCE_DATA
4	command	START_EXECUTING_SVC_CHECKS;
4	command	start_executing_host_checks
5	command	SAVE_STATE_INFORMATION
