# Commands: obsessing over objects is switched without a trace in the log.
--- objects
define host {
 use host
 host_name commands-obsess
}
define service {
 use service
 host_name commands-obsess
 service_description web
}
--- scenario
2	command	START_OBSESSING_OVER_SVC;commands-obsess;web
2	command	STOP_OBSESSING_OVER_SVC;commands-obsess;web
3	command	START_OBSESSING_OVER_HOST;commands-obsess
3	command	STOP_OBSESSING_OVER_HOST;commands-obsess
4	command	START_OBSESSING_OVER_SVC;commands-obsess;no-such-service
