# Commands: those that begin with an underscore are logged and do nothing.
--- objects
define host {
 use host
 host_name commands-custom
}
--- scenario
2	command	_commands-custom-COMMAND;commands-custom;some;arguments
3	command	_commands-custom
