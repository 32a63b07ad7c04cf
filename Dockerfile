# The image of the service. Built from this directory alone:
#   docker build -t feeds . && docker run -p 8000:8000 -v feeds-data:/app/data feeds
# docs/operations.md says how to pin the base image by its digest, and how to run it
# with a read-only root and no capabilities.

FROM python:3.14-slim AS build
WORKDIR /app
COPY requirements.txt requirements-build.txt requirements-postgres.txt ./
RUN python -m venv .venv
# Only what the locks name, by hash; feedgen is pure Python and comes as source alone.
RUN .venv/bin/python -m pip install --no-cache-dir --disable-pip-version-check \
      --require-hashes --only-binary :all: -r requirements-build.txt \
 && .venv/bin/python -m pip install --no-cache-dir --disable-pip-version-check \
      --require-hashes --only-binary :all: --no-binary feedgen --no-build-isolation \
      -r requirements.txt -r requirements-postgres.txt \
 && .venv/bin/python -m pip uninstall --yes --quiet setuptools pip

FROM python:3.14-slim
LABEL org.opencontainers.image.title="feeds" \
      org.opencontainers.image.description="Events and news as subscriptions, feeds and widgets" \
      org.opencontainers.image.licenses="MIT"
# PYTHONTZPATH: time zones come from the tzdata package, never from the image.
ENV PATH="/app/.venv/bin:$PATH" \
    PYTHONUNBUFFERED=1 \
    PYTHONTZPATH="" \
    FEEDS_DATA_DIR=/app/data
WORKDIR /app
COPY --from=build /app/.venv .venv
COPY LICENSE wsgi.py ./
COPY feeds feeds
RUN python -m compileall -q feeds wsgi.py
# The one place that is written to.
COPY --chown=10001:10001 data data
USER 10001:10001
VOLUME /app/data
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s \
  CMD ["python", "-c", "import os, urllib.request as u; u.urlopen('http://127.0.0.1:' + os.environ.get('PORT', '8000') + '/healthz', timeout=3)"]
CMD ["python", "-m", "feeds", "run", "--host", "0.0.0.0"]
