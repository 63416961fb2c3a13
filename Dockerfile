# Testigo's image: what the hash-locked uv.lock names, the program, and its index. It runs as nobody, on a read-only root with one tmpfs
# at /tmp, and without a shell. docs/running.md tells how; deploy/prove-image does the same steps without a container engine.
#
# The base is known by its tag alone. To pin it, build with --build-arg BASE=python:3.11-slim@sha256:…, the digest that
# `docker buildx imagetools inspect python:3.11-slim` prints.
ARG BASE=python:3.11-slim

FROM ${BASE} AS build
# What is compiled here need not be compiled at each start, where nothing can be written.
ENV UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy UV_PYTHON_DOWNLOADS=never UV_PROJECT_ENVIRONMENT=/opt/testigo
WORKDIR /src
COPY deploy/build.txt deploy/
RUN pip install --no-cache-dir --require-hashes -r deploy/build.txt
COPY pyproject.toml uv.lock ./
RUN uv sync --locked --no-dev --no-install-project
COPY README.md LICENSE ./
COPY bot bot
COPY data data
RUN uv build --wheel --no-build-isolation --out-dir /wheel \
    && uv pip install --no-deps --python /opt/testigo /wheel/*.whl \
    && TESTIGO_CACHE=/opt/testigo/index /opt/testigo/bin/testigo topics \
    && chmod -R a+rX /opt/testigo \
    && mkdir /state

FROM ${BASE}
ARG VERSION=0.1.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Testigo" \
      org.opencontainers.image.description="A Discord bot that answers questions about one event from one article" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
COPY --from=build /opt/testigo /opt/testigo
COPY --from=build --chown=65532:65532 /state /var/lib/testigo
# XDG_DATA_HOME puts the database and its secret, where no others are named, into /var/lib/testigo. It is not TESTIGO_DATABASE_URL,
# which would count before TESTIGO_DATABASE_URL_FILE.
ENV PATH=/opt/testigo/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    XDG_DATA_HOME=/var/lib \
    TESTIGO_INDEX=/opt/testigo/index \
    TESTIGO_CACHE=/tmp/testigo \
    MPLCONFIGDIR=/tmp/testigo/matplotlib \
    TESTIGO_LOG_FORMAT=json
USER 65532:65532
VOLUME /var/lib/testigo
EXPOSE 9464
STOPSIGNAL SIGTERM
# The event loop's heartbeat, not Discord's: an outage there must not restart anything here.
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 CMD ["python", "-m", "bot", "health"]
ENTRYPOINT ["testigo"]
CMD ["run"]
