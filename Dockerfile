# Testigo's image: dependencies from the hash-locked uv.lock first, then the program; run as nobody.
FROM python:3.11-slim AS build
RUN pip install --no-cache-dir uv==0.13.9
WORKDIR /src
COPY pyproject.toml uv.lock README.md LICENSE ./
RUN uv sync --locked --no-dev --no-install-project
COPY bot bot
COPY data data
RUN uv sync --locked --no-dev --no-editable

FROM python:3.11-slim
COPY --from=build /src/.venv /src/.venv
ENV PATH=/src/.venv/bin:$PATH TESTIGO_CACHE=/tmp/testigo
USER nobody
ENTRYPOINT ["testigo"]
CMD ["run"]
