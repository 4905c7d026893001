# The image of web, worker and beat.
FROM node:20-slim AS front-end
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --no-audit --no-fund

FROM python:3.11-slim
ENV PYTHONUNBUFFERED=1
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --create-home portal
WORKDIR /app
COPY requirements-production.txt ./
RUN pip install --no-cache-dir --require-hashes -r requirements-production.txt
COPY --from=front-end /app/node_modules node_modules
COPY . .
RUN python -m documents.rendering.fonts \
    && pybabel --quiet compile --domain django --directory locale \
    && DEMO=1 DATABASE_URL=postgresql://none/none REDIS_URL=redis://none \
       python manage.py collectstatic --noinput --verbosity 0 \
    && mkdir /files && chown portal /files
ENV MEDIA_ROOT=/files
USER portal
CMD ["sh", "-c", "python manage.py check --database default && exec gunicorn nextsociety.wsgi --bind 0.0.0.0:8000"]
