# Commands: the bits of what was changed by commands are overwritten without a trace in the log.
--- objects
define contact {
 use contact
 contact_name commands-modified-attributes-ana
}
define host {
 use host
 host_name commands-modified-attributes
}
define service {
 use service
 host_name commands-modified-attributes
 service_description web
}
--- scenario
2	command	CHANGE_HOST_MODATTR;commands-modified-attributes;0
2	command	CHANGE_SVC_MODATTR;commands-modified-attributes;web;16384
3	command	CHANGE_CONTACT_MODATTR;commands-modified-attributes-ana;0
3	command	CHANGE_CONTACT_MODHATTR;commands-modified-attributes-ana;65536
3	command	CHANGE_CONTACT_MODSATTR;commands-modified-attributes-ana;65536
4	command	CHANGE_SVC_MODATTR;commands-modified-attributes;web;-1
4	command	CHANGE_SVC_MODATTR;commands-modified-attributes;no-such-service;0
