# One image for every process: web, worker and migrate differ in their command alone.
FROM node:24.19.0-bookworm-slim AS dashboard
WORKDIR /build/dashboard
COPY dashboard/package.json dashboard/package-lock.json dashboard/.npmrc ./
RUN npm ci --ignore-scripts
COPY schema.graphql ../
COPY dashboard .
RUN npm run build

FROM python:3.11.9-slim-bookworm AS docs
WORKDIR /build
COPY requirements-docs.lock ./
RUN python -m venv .venv && .venv/bin/pip install --no-cache-dir --require-hashes -r requirements-docs.lock
COPY . .
RUN dev/docs build

FROM python:3.11.9-slim-bookworm AS build
WORKDIR /build
COPY requirements.lock pyproject.toml README.md ./
RUN python -m venv /opt/zenmode && /opt/zenmode/bin/pip install --no-cache-dir --require-hashes -r requirements.lock
COPY app app
COPY agent agent
COPY --from=dashboard /build/app/http/built app/http/built
COPY --from=docs /build/app/http/built_docs app/http/built_docs
RUN /opt/zenmode/bin/pip install --no-cache-dir "setuptools>=80" \
    && /opt/zenmode/bin/pip install --no-cache-dir --no-deps --no-build-isolation .

FROM python:3.11.9-slim-bookworm
RUN useradd --system --uid 10001 --home-dir /nonexistent zenmode
COPY --from=build /opt/zenmode /opt/zenmode
ENV PATH=/opt/zenmode/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
USER zenmode
WORKDIR /tmp
EXPOSE 8000
CMD ["zenmode", "web", "--host", "0.0.0.0"]
