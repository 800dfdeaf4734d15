# What the hidden parts of the guides may use; sourced by the shell that runs a guide, and never seen by a reader.
# shellcheck shell=bash

# set_variable NAME VALUE: in .env.prod of the directory the guide is in.
set_variable() {
  if grep -q "^$1=" .env.prod; then
    sed -i "s|^$1=.*|$1=$2|" .env.prod
  else
    echo "$1=$2" >>.env.prod
  fi
}

# override: standard input becomes the file that lies over the others; nothing makes it empty.
override() {
  cat >override.yml
  [ -s override.yml ] || echo 'services: {}' >override.yml
}

# ready: where a guide starts that takes for granted that the stack runs.
ready() {
  cd stack || return
  cp .env.prod.template .env.prod
  echo 'services: {}' >override.yml
  local files="docker-compose.prod.yml, docker-compose.ops.yml"
  if [ -e docker-compose.single-node.yml ]; then
    files="$files, docker-compose.single-node.yml"
    cp "$LAB_CERTIFICATE" certificate.pem
    cp "$LAB_KEY" key.pem
  else
    versions
    certificate shop.example
  fi
  printf 'file: [%s, override.yml]\nenv-file: [.env.prod]\nstack: shop\n' "$files" >.prodstack.yml
  printf 'http://127.0.0.1:9/no-slack' >slack-url
  chmod 600 key.pem slack-url
  prodstack init-secrets --from tls_certificate=certificate.pem --from tls_key=key.pem \
    --from alertmanager_slack_url=slack-url
  prodstack deploy
}

# versions: two of the small stack's only image.
versions() {
  local version
  for version in 1.0.0 1.0.1; do
    printf 'FROM %s\nENV APP_VERSION=%s\n' "$LAB_IMAGE" "$version" | docker build -q -t "$REGISTRY/shop/backend:$version" - >/dev/null 2>&1
    docker push -q "$REGISTRY/shop/backend:$version" >/dev/null
  done
}

# certificate NAME: certificate.pem and key.pem, for a year.
certificate() {
  openssl req -x509 -newkey rsa:2048 -nodes -days 365 -subj "/CN=$1" \
    -addext "subjectAltName=DNS:$1,IP:$LAB_ADDRESS" -keyout key.pem -out certificate.pem 2>/dev/null
}

# eventually SECONDS COMMAND...: until it succeeds.
eventually() {
  local end=$((SECONDS + $1))
  shift
  until "$@" >/dev/null 2>&1; do
    if ((SECONDS >= end)); then
      "$@"
      return
    fi
    sleep 1
  done
}

# inside SERVICE COMMAND...: in a container of it.
inside() {
  local service=$1
  shift
  docker exec "$(docker ps -q -f "label=com.docker.swarm.service.name=shop_$service" | head -n1)" "$@"
}
