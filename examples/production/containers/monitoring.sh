# shellcheck shell=bash
# The monitoring configuration as the container of Atalaia gets it: written for each run, from ../monitoring.
# Sourced by ../docker. Not here: what is watched.

write_monitoring() { # FOLDER
  local source=$here/monitoring target=$1 every=${CLASSIFICADOR_EVERY:-120}
  # The files in it must be readable for the account in the container; this keeps others on this machine away.
  mkdir -p "$state" "$target"
  chmod 700 "$state"
  cp -R "$source/." "$target/"
  [ -s "$target/token" ] || (umask 022 && od -An -N32 -tx1 /dev/urandom | tr -d ' \n' >"$target/token")
  sed -e 's|^log_file=.*|log_file=/var/lib/atalaia/nagios.log|' "$source/nagios-docker.cfg" >"$target/nagios.cfg"
  # Two runs in a row may be missed, not three.
  sed -i "s|^\( *freshness_threshold  *\)[0-9]*|\1$((every * 5 / 2))|" "$target/runtime/docker.cfg"
  {
    printf '[server]\nnames = ["atalaia"] # how the offline job calls it\n\n'
    sed -e 's|^host = .*|host = "mailbox"|' -e 's|^token_file = .*|token_file = "token"|' "$source/atalaia.toml"
  } >"$target/atalaia.toml"
  chmod -R a+rX "$target"
}
