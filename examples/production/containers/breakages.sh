# shellcheck shell=bash
# What can be broken and repaired while everything runs in containers, by the names that the launcher has for processes.
# Sourced by ../docker. Not here: what becomes of it; that is Atalaia's business.

breakable="atalaia broker cadastro classificador consumidor gunicorn inbox modelo nginx unico wsgi zookeeper"
nginx=my-custom-nginx-container
wsgi=wsgi-app-container
consumer=analise-sentimentos-consumer-container

container_of() {
  case "$1" in
    nginx) echo "$nginx" ;;
    wsgi | gunicorn) echo "$wsgi" ;;
    unico) echo http-api-classificacao-produtos-container-unico-container ;;
    inbox) echo mailbox ;;
    zookeeper | broker | atalaia) echo "$1" ;;
    *) return 1 ;;
  esac
}

# Root within the container, without any of root's capabilities: enough for files that belong to it.
inside() { docker exec -i -u 0 "$@"; }

signal_consumer() { # of the processes in the container the one that works; the first one is init
  docker exec "$consumer" bash -c '
    for process in /proc/[0-9]*; do
      if [[ $(tr "\0" " " <"$process/cmdline") == python\ consumer.py* ]]; then kill "-$0" "${process#/proc/}"; fi
    done' "$1"
}

wait_until_healthy() { # CONTAINER
  local tries=0
  until [ "$(docker inspect -f '{{if .State.Health}}{{.State.Health.Status}}{{end}}' "$1")" = healthy ]; do
    tries=$((tries + 1))
    [ "$tries" -lt 240 ] || { say "$1 is not healthy after a minute." >&2; return 1; }
    sleep 0.25
  done
}

break_it() {
  case "$1" in
    cadastro) inside "$nginx" mv /srv/public/cadastro.html /srv/cadastro.html.away ;;
    modelo)
      inside "$wsgi" python - /opt/model /opt/model.constant maquiagem <"$here/launcher/constant_model.py"
      inside "$wsgi" sh -c 'mv /opt/model /opt/model.real && mv /opt/model.constant /opt/model && chmod -R a+rX /opt/model'
      docker restart -t 5 "$wsgi" >/dev/null ;;
    consumidor) signal_consumer STOP ;;
    classificador) touch "$state/job-skipped" ;;
    *) docker kill "$(container_of "$1")" >/dev/null ;;
  esac
  say "$1 is broken. To repair it: examples/production/docker repair $1"
}

repair_it() {
  case "$1" in
    cadastro) inside "$nginx" mv /srv/cadastro.html.away /srv/public/cadastro.html ;;
    modelo)
      inside "$wsgi" sh -c 'rm -rf /opt/model.constant && mv /opt/model /opt/model.constant && mv /opt/model.real /opt/model'
      docker restart -t 5 "$wsgi" >/dev/null
      wait_until_healthy "$wsgi" ;;
    consumidor) signal_consumer CONT ;;
    classificador)
      rm -f "$state/job-skipped"
      run_job >/dev/null ;;
    *)
      docker start "$(container_of "$1")" >/dev/null
      wait_until_healthy "$(container_of "$1")" ;;
  esac
  say "$1 is repaired."
}
