# Atalaia in a container: small, without privileges, with Debian's standard plugins.
#   docker build -t atalaia .
#   docker run -d --name atalaia -p 127.0.0.1:8420:8420 -v atalaia-data:/var/lib/atalaia -v /my/config:/etc/atalaia:ro atalaia
# Without a mounted configuration it watches itself; one can also be built in: --build-arg CONFIG=FOLDER (a folder of
# this project with a nagios.cfg or object files). Secrets belong into mounted files, never into an image.
ARG BASE_IMAGE=python:3.11-slim-bookworm
FROM ${BASE_IMAGE} AS build
COPY requirements /build/requirements
# What builds the package is pinned too; its list is a part of the one for developers.
RUN python3 -m venv /opt/atalaia && python3 -m venv /build/venv \
 && awk '/^[a-z]/ { keep = /^(hatchling|packaging|pathspec|pluggy|tomlkit|trove-classifiers)==/ } keep' \
      /build/requirements/dev.txt >/build/requirements/build.txt \
 && /build/venv/bin/pip install --no-cache-dir --quiet --require-hashes -r /build/requirements/build.txt \
 && /opt/atalaia/bin/pip install --no-cache-dir --quiet --require-hashes -r /build/requirements/run.txt
COPY pyproject.toml README.md LICENSE /build/
COPY src /build/src
RUN /build/venv/bin/pip wheel --quiet --no-deps --no-build-isolation --wheel-dir /build/wheel /build \
 && /opt/atalaia/bin/pip install --quiet --no-deps --no-index /build/wheel/*.whl \
 && /opt/atalaia/bin/python -m pip uninstall --quiet --yes setuptools pip

FROM ${BASE_IMAGE}
# ping may do without its file capability: the engine lets every container send echo requests, and a process that must
# not gain privileges could not even start a program that carries one.
RUN apt-get update -qq \
 && apt-get install -y -qq --no-install-recommends monitoring-plugins-basic tini libcap2-bin \
 && if [ -n "$(getcap /bin/ping)" ]; then setcap -r /bin/ping; fi \
 && rm -rf /var/lib/apt/lists/* /var/log/*.log /var/log/apt
COPY --from=build /opt/atalaia /opt/atalaia
COPY packaging/container/start /usr/local/bin/atalaia-in-container
ARG CONFIG=packaging/container/itself
COPY ${CONFIG} /etc/atalaia
RUN mkdir /var/lib/atalaia && chown 10001:10001 /var/lib/atalaia
ENV PATH=/opt/atalaia/bin:$PATH HOME=/var/lib/atalaia ATALAIA_LISTEN=0.0.0.0:8420 ATALAIA_DATA=/var/lib/atalaia
USER 10001:10001
VOLUME /var/lib/atalaia
EXPOSE 8420
HEALTHCHECK --interval=10s --timeout=5s --start-period=15s --retries=3 \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/${ATALAIA_LISTEN##*:}; printf 'GET /api/v1/status HTTP/1.0\\r\\nHost: 127.0.0.1\\r\\n\\r\\n' >&3; read -r line <&3; [[ $line == *' 200 '* ]]"]
# tini collects what plugins leave behind.
ENTRYPOINT ["tini", "--", "atalaia-in-container"]
