# Log: with log_initial_states the states of all objects are logged at the start.
--- alone: all objects are logged
--- main
log_initial_states=1
--- objects
define host {
 use host
 host_name log-initial-states
}
define host {
 use host
 host_name log-initial-states-down
 initial_state d
}
define service {
 use service
 host_name log-initial-states
 service_description web
}
define service {
 use service
 host_name log-initial-states
 service_description unknown
 initial_state u
}
--- scenario
2	command	PROCESS_SERVICE_CHECK_RESULT;log-initial-states;web;0;fine
3	command	PROCESS_SERVICE_CHECK_RESULT;log-initial-states;unknown;3;who knows
4	command	PROCESS_HOST_CHECK_RESULT;log-initial-states-down;0;here
