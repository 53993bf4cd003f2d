FROM python:3.13-slim

RUN apt-get update \
 && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
 && rm -rf /var/lib/apt/lists/* \
 && pip install --no-cache-dir uv \
 && useradd --create-home app

WORKDIR /app
COPY pyproject.toml uv.lock .python-version ./
RUN uv sync --locked --no-dev --no-cache
COPY . .
ENV PATH="/app/.venv/bin:$PATH" PYTHONUNBUFFERED=1

# Only to gather the static files; the running site refuses to start without settings of its own.
RUN SECRET_KEY=build ALLOWED_HOSTS=build python manage.py collectstatic --noinput --verbosity 0

USER app
EXPOSE 8000
CMD ["gunicorn", "os2groups.wsgi", "--bind=0.0.0.0:8000", "--workers=2", "--threads=4", "--max-requests=5000", "--max-requests-jitter=500", "--no-control-socket"]
