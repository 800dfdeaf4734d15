"""Stands in for Grafana: reads what Grafana is provisioned with, refuses what Grafana would refuse, and answers
on the paths that the stack uses. It draws nothing.

  GF_SECURITY_ADMIN_USER, GF_SECURITY_ADMIN_PASSWORD   each also as NAME__FILE
  GF_SERVER_HTTP_PORT, GF_SERVER_ROOT_URL, GF_SERVER_SERVE_FROM_SUB_PATH
  GF_PATHS_PROVISIONING                                default /etc/grafana/provisioning
"""

import base64
import glob
import hmac
import html
import json
import os
import sys
import urllib.error
import urllib.parse
import urllib.request

import yaml

from answers import Wrong, data, say, serve, text

NAME = "stand-in-grafana"
VERSION = "0.0.0-stand-in"


class Refused(Exception):
    """What is wrong with a provisioned file, and where."""


def setting(name, default=""):
    file = os.environ.get(name + "__FILE")
    if file:
        with open(file, encoding="utf-8") as source:
            return source.read().strip()
    return os.environ.get(name, default)


def need(condition, file, message):
    if not condition:
        raise Refused(f"{file}: {message}")


def read_yaml(file):
    try:
        with open(file, encoding="utf-8") as source:
            # Grafana replaces $NAME and ${NAME}; $$ is a dollar.
            content = yaml.safe_load(source)
    except (OSError, yaml.YAMLError) as problem:
        raise Refused(f"{file}: {problem}") from problem
    need(isinstance(content, dict), file, "expected a mapping with apiVersion")
    need(content.get("apiVersion") == 1, file, f"expected apiVersion: 1, found {content.get('apiVersion')!r}")
    return content


def provisioned(folder, kind):
    for ending in ("yml", "yaml"):
        for file in sorted(glob.glob(os.path.join(folder, kind, "*." + ending))):
            yield file, read_yaml(file)


def read_datasources(folder):
    found = {}
    for file, content in provisioned(folder, "datasources"):
        entries = content.get("datasources") or []
        need(isinstance(entries, list), file, "datasources: expected a list")
        for entry in entries:
            need(isinstance(entry, dict), file, f"datasources: expected mappings, found {entry!r}")
            for key in ("name", "type"):
                need(isinstance(entry.get(key), str), file, f"datasources: {key} is missing in {entry!r}")
            need(entry["name"] not in found, file, f"the data source {entry['name']!r} is there twice")
            if entry["type"] == "prometheus":
                address = urllib.parse.urlparse(str(entry.get("url", "")))
                need(address.scheme in ("http", "https") and address.netloc, file,
                     f"{entry['name']}: expected a url such as http://prometheus:9090, found {entry.get('url')!r}")
            found[entry["name"]] = {**entry, "uid": entry.get("uid") or entry["name"]}
    defaults = [name for name, entry in found.items() if entry.get("isDefault")]
    if len(defaults) > 1:
        raise Refused(f"{folder}/datasources: only one data source can be the default, found {', '.join(defaults)}")
    return found


def references(node):
    """The data sources that a dashboard names, by uid, name or as a reference object."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "datasource":
                if isinstance(value, dict) and isinstance(value.get("uid"), str):
                    yield value["uid"]
                elif isinstance(value, str):
                    yield value
            yield from references(value)
    elif isinstance(node, list):
        for value in node:
            yield from references(value)


def read_dashboard(file, datasources):
    try:
        with open(file, encoding="utf-8") as source:
            dashboard = json.load(source)
    except (OSError, ValueError) as problem:
        raise Refused(f"{file}: {problem}") from problem
    need(isinstance(dashboard, dict), file, "expected a JSON object")
    need(isinstance(dashboard.get("title"), str) and dashboard["title"], file, "the dashboard has no title")
    uid = dashboard.get("uid")
    need(uid is None or isinstance(uid, str) and len(uid) <= 40, file, f"uid: expected up to 40 characters, found {uid!r}")
    need(isinstance(dashboard.get("panels", []), list), file, "panels: expected a list")
    known = {name for entry in datasources.values() for name in (entry["uid"], entry["name"])}
    for reference in references(dashboard):
        need(reference in known or reference.startswith(("$", "-- ", "grafana")), file,
             f"names the data source {reference!r}; provisioned are {', '.join(sorted(known)) or 'none'}")
    dashboard.setdefault("uid", os.path.splitext(os.path.basename(file))[0])
    return dashboard


def read_dashboards(folder, datasources):
    found = {}
    for file, content in provisioned(folder, "dashboards"):
        for provider in content.get("providers") or []:
            need(isinstance(provider, dict), file, f"providers: expected mappings, found {provider!r}")
            path = (provider.get("options") or {}).get("path")
            need(isinstance(path, str), file, f"providers: options.path is missing in {provider!r}")
            need(os.path.isdir(path), file, f"options.path names {path}, which is no directory")
            for dashboard_file in sorted(glob.glob(os.path.join(path, "**", "*.json"), recursive=True)):
                dashboard = read_dashboard(dashboard_file, datasources)
                need(dashboard["uid"] not in found, dashboard_file, f"the uid {dashboard['uid']!r} is there twice")
                found[dashboard["uid"]] = dashboard
    return found


class Grafana:
    def __init__(self):
        folder = os.environ.get("GF_PATHS_PROVISIONING", "/etc/grafana/provisioning")
        self.user = setting("GF_SECURITY_ADMIN_USER", "admin")
        self.password = setting("GF_SECURITY_ADMIN_PASSWORD", "admin")
        self.datasources = read_datasources(folder)
        self.dashboards = read_dashboards(folder, self.datasources)
        self.prefix = ""
        if setting("GF_SERVER_SERVE_FROM_SUB_PATH") == "true":
            self.prefix = urllib.parse.urlparse(setting("GF_SERVER_ROOT_URL")).path.rstrip("/")

    def route(self, method, target, headers, body):
        address = urllib.parse.urlsplit(target)
        path = address.path
        if self.prefix and (path == self.prefix or path.startswith(self.prefix + "/")):
            path = path[len(self.prefix):] or "/"
        if path == "/api/health":
            return data({"database": "ok", "version": VERSION, "commit": "stand-in"})
        if path == "/metrics":
            return text("# TYPE grafana_build_info gauge\n"
                        f'grafana_build_info{{version="{VERSION}",edition="stand-in"}} 1\n'
                        "# TYPE grafana_stat_totals_dashboard gauge\n"
                        f"grafana_stat_totals_dashboard {len(self.dashboards)}\n", kind="text/plain; version=0.0.4")
        if path in ("/", "/login"):
            return text(self.page(), kind="text/html; charset=utf-8")
        self.authenticate(headers)
        return self.api(method, path, address.query, body)

    def authenticate(self, headers):
        kind, _, credentials = headers.get("Authorization", "").partition(" ")
        try:
            given = base64.b64decode(credentials) if kind == "Basic" else b""
        except ValueError:
            given = b""
        if not hmac.compare_digest(given, f"{self.user}:{self.password}".encode()):
            raise Wrong(401, "Unauthorized", {"WWW-Authenticate": 'Basic realm="stand-in-grafana"'})

    def api(self, method, path, query, body):
        if path == "/api/datasources":
            return data([self.described(entry) for entry in self.datasources.values()])
        if path == "/api/search":
            return data([{"uid": uid, "title": entry["title"], "type": "dash-db"} for uid, entry in self.dashboards.items()])
        parts = path.strip("/").split("/")
        if parts[:3] == ["api", "dashboards", "uid"] and len(parts) == 4 and parts[3] in self.dashboards:
            return data({"dashboard": self.dashboards[parts[3]], "meta": {"provisioned": True}})
        if parts[:4] == ["api", "datasources", "proxy", "uid"] and len(parts) > 5:
            return self.proxy(method, parts[4], "/".join(parts[5:]), query, body)
        raise Wrong(404, f"{path}: the stand-in for Grafana has no such path")

    @staticmethod
    def described(entry):
        return {key: entry.get(key) for key in ("uid", "name", "type", "url", "access", "isDefault")}

    def proxy(self, method, uid, path, query, body):
        for entry in self.datasources.values():
            if entry["uid"] == uid:
                url = entry["url"].rstrip("/") + "/" + path + ("?" + query if query else "")
                request = urllib.request.Request(url, data=body or None, method=method)
                try:
                    with urllib.request.urlopen(request, timeout=30) as response:
                        return response.status, response.headers.get("Content-Type", "text/plain"), response.read(), {}
                except urllib.error.HTTPError as problem:
                    return problem.code, problem.headers.get("Content-Type", "text/plain"), problem.read(), {}
                except OSError as problem:
                    raise Wrong(502, f"{url}: {problem}") from problem
        raise Wrong(404, f"there is no data source with the uid {uid!r}")

    def page(self):
        titles = "".join(f"<li>{html.escape(entry['title'])}</li>" for entry in self.dashboards.values())
        return (f"<!doctype html><title>{NAME}</title><h1>Stand-in for Grafana</h1><p>This is not Grafana. It was provisioned "
                f"with {len(self.datasources)} data sources and these dashboards, and draws none:</p><ul>{titles}</ul>")


def main():
    try:
        grafana = Grafana()
    except (Refused, OSError) as problem:
        say(NAME, level="error", message=f"provisioning refused: {problem}")
        sys.exit(1)
    say(NAME, message=f"provisioned {len(grafana.datasources)} data sources, {len(grafana.dashboards)} dashboards")
    serve(NAME, os.environ.get("GF_SERVER_HTTP_ADDR") or "0.0.0.0", int(setting("GF_SERVER_HTTP_PORT", "3000")), grafana.route)


if __name__ == "__main__":
    main()
