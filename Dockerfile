# The command with the git that it runs, for amd64 and arm64. Built twice it is the same image: bases by digest, npm's packages by the lock file,
# Debian's from the snapshot that the base was made of, times by SOURCE_DATE_EPOCH (docs/ci.md).
ARG NODE_IMAGE=docker.io/library/node:24.20.0-bookworm-slim@sha256:ba849c60be29959425b8734d57b8b4b7d56f98edd9504c9af091d5281095a71e
ARG DEBIAN_IMAGE=docker.io/library/debian:bookworm-slim@sha256:88200866dfff7ea7f5cbcb6ec7c8a701889efe6fe859fe64d6990e4b07ea4171

FROM ${NODE_IMAGE} AS node

# Of no platform: made once, on that of the machine that builds.
FROM --platform=${BUILDPLATFORM} ${NODE_IMAGE} AS package
WORKDIR /source
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund --no-update-notifier
COPY . .
RUN node scripts/pack.mjs /tmp \
 && mkdir /package \
 && tar --extract --gzip --no-same-owner --strip-components=1 --directory=/package --file="$(echo /tmp/mainsheet-*.tgz)"

FROM ${DEBIAN_IMAGE}
# The base names its snapshot in comments; lists from there are older than Debian lets lists be, and signed all the same.
# libstdc++6 and libatomic1 are what Node links to.
# hadolint ignore=DL3008
RUN sed -i -E -e 's|^URIs:|#&|' -e 's|^# (http://snapshot\.debian\.org/)|URIs: \1|' /etc/apt/sources.list.d/debian.sources \
 && grep -q '^URIs: http://snapshot' /etc/apt/sources.list.d/debian.sources \
 && apt-get -o Acquire::Check-Valid-Until=false update \
 && DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends ca-certificates git libatomic1 libstdc++6 openssh-client \
 && rm -rf /var/lib/apt/lists/* /var/cache/* /var/log/* /tmp/* \
 && useradd --uid 10001 --user-group --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin mainsheet \
 && rm -f /etc/passwd- /etc/shadow- /etc/group- /etc/gshadow- /etc/subuid- /etc/subgid-
COPY --from=node /usr/local/bin/node /usr/local/bin/node
COPY --from=package /package /usr/local/lib/mainsheet
RUN ln -s ../lib/mainsheet/dist/mainsheet.mjs /usr/local/bin/mainsheet && mainsheet --version
ARG VERSION
ARG REVISION
ARG SOURCE
LABEL org.opencontainers.image.title="Mainsheet" \
      org.opencontainers.image.description="The GitOps compiler for Istio traffic" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.source="${SOURCE}"
# Whatever user it runs as has a home that can be written, for what is remembered between runs.
ENV HOME=/tmp
USER 10001:10001
WORKDIR /work
ENTRYPOINT ["mainsheet"]
CMD ["--help"]
