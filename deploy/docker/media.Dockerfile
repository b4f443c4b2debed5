# A media node: Janus for calls, ffmpeg for smaller pictures, coturn for those behind firewalls. One image, three containers that each run one of
# them by its command, with a configuration mounted from a secret (docs/operate/janus.md, docs/operate/turn.md).
# `docker build -f deploy/docker/media.Dockerfile deploy/docker`
ARG BASE=docker.io/library/debian:12.11-slim
FROM ${BASE} AS final
# hadolint ignore=DL3008 -- security updates of Debian stable are wanted
RUN apt-get update \
    && apt-get install -y --no-install-recommends janus ffmpeg coturn \
    && rm -rf /var/lib/apt/lists/* \
    # Debian's example room has a secret that everybody knows; nothing of the sort is left.
    && rm -f /etc/janus/*.jcfg /etc/turnserver.conf \
    && groupadd --gid 10001 media && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /tmp --shell /usr/sbin/nologin media
ARG VERSION=0.0.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Plenary media node" \
      org.opencontainers.image.description="Janus, ffmpeg and coturn for Plenary" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
WORKDIR /tmp
USER 10001:10001
VOLUME ["/tmp"]
# Janus's API, TURN by UDP and TCP; media goes over the UDP ports of rtp_port_range.
EXPOSE 8188 3478/udp 3478/tcp
STOPSIGNAL SIGTERM
# No HEALTHCHECK: a node that is up but carries nothing more is told by its admin API, which the platform asks (docs/operate/janus.md).
CMD ["janus", "--configs-folder=/etc/janus", "--disable-colors"]
