# Comments: those that are added and deleted leave only the line of their command; incomplete ones, unknown
# objects and numbers that are none are refused.
--- objects
define host {
 use host
 host_name comments
}
define service {
 use service
 host_name comments
 service_description web
}
--- scenario
2	command	ADD_HOST_COMMENT;comments;1;ana;a host comment; with a semicolon
2	command	ADD_SVC_COMMENT;comments;web;0;ana;a service comment
3	command	ADD_SVC_COMMENT;comments;web;7;ana;persistent more than once
3	command	ADD_SVC_COMMENT;comments;no-such-service;0;ana;nowhere
3	command	ADD_HOST_COMMENT;comments-nowhere;0;ana;nowhere
4	command	ADD_SVC_COMMENT;comments;web;0;ana
4	command	ADD_SVC_COMMENT;comments;web;0
4	command	ADD_HOST_COMMENT;comments
5	command	DEL_ALL_SVC_COMMENTS;comments;web
5	command	DEL_ALL_HOST_COMMENTS;comments
5	command	DEL_ALL_HOST_COMMENTS;comments-nowhere
5	command	DEL_ALL_SVC_COMMENTS;comments
