#!/usr/bin/env python3
"""The queries of otel-tui-bench on DuckDB, over the very same file, in the same run.

    pip install duckdb
    otel-tui-bench --spans 2000000 --write spans.jsonl
    .ci/peers/duckdb_queries.py spans.jsonl --bench .build/release/otel-tui-bench

Reading is `read_json` with an explicit schema and unnest, to a flat table; attributes become a map
and then, outside the time taken for reading, typed columns of their own, so that no query pays for
JSON or maps. Time by itself and depth are no columns of such a file: self time is computed
beforehand too, as is one text of all a span holds, for the phrase. Every query runs --runs times
on all cores and the fastest run counts, on both sides. Without --bench only DuckDB is measured.
Where both count the same thing the script says whether they agree.
"""
import argparse, json, math, os, subprocess, sys, time

try:
    import duckdb
except ImportError:
    sys.exit("duckdb_queries.py: duckdb is missing\nhint: pip install duckdb")

VALUE = "STRUCT(stringValue VARCHAR, intValue VARCHAR, doubleValue DOUBLE, boolValue BOOLEAN, arrayValue JSON)"
ATTRIBUTES = f"STRUCT(key VARCHAR, value {VALUE})[]"
SPAN = (
    "STRUCT(traceId VARCHAR, spanId VARCHAR, parentSpanId VARCHAR, name VARCHAR, kind INTEGER, "
    "startTimeUnixNano VARCHAR, endTimeUnixNano VARCHAR, "
    f"attributes {ATTRIBUTES}, events STRUCT(name VARCHAR, attributes {ATTRIBUTES})[], "
    "status STRUCT(code INTEGER, message VARCHAR))"
)
SCHEMA = (
    f"STRUCT(resource STRUCT(attributes {ATTRIBUTES}), "
    f"scopeSpans STRUCT(scope STRUCT(name VARCHAR, version VARCHAR), spans {SPAN}[])[])[]"
)
TEXT = "coalesce(a.value.stringValue, a.value.intValue, a.value.doubleValue::VARCHAR, a.value.boolValue::VARCHAR, a.value.arrayValue::VARCHAR)"


def as_map(attributes):
    return f"map_from_entries(list_transform({attributes}, lambda a: {{k: a.key, v: {TEXT}}}))"


LOAD = f"""
create table loaded as
with lines as (select unnest(resourceSpans) r
               from read_json(?, columns={{resourceSpans: '{SCHEMA}'}}, format='newline_delimited',
                              maximum_object_size=16777216)),
     scopes as (select r.resource.attributes ra, unnest(r.scopeSpans) s from lines),
     spans as (select ra, s.scope.name library, unnest(s.spans) p from scopes)
select p.traceId trace_id, p.spanId span_id, nullif(p.parentSpanId, '') parent_id, p.name as name,
       p.kind kind, p.startTimeUnixNano::BIGINT start_ns,
       greatest(p.endTimeUnixNano::BIGINT - p.startTimeUnixNano::BIGINT, 0) duration_ns,
       coalesce(p.status.code, 0) = 2 as error, p.status.message status_message, library,
       {as_map("p.attributes")} attributes, {as_map("ra")} resource, p.events events
from spans"""

FLAT = """
create table spans as
select trace_id, span_id, parent_id, name, kind, start_ns, duration_ns, duration_ns / 1e6 duration_ms, error,
       resource['service.name'] service, resource['cloud.region'] region,
       attributes['http.route'] route, attributes['url.path'] url_path,
       try_cast(attributes['http.response.status_code'] as INTEGER) status_code,
       attributes['user.id'] user_id,
       concat_ws(chr(10), name, library, status_message, array_to_string(map_values(attributes), chr(10)),
                 array_to_string(map_values(resource), chr(10)), events::VARCHAR) everything
from loaded"""

# The union of the children's intervals inside the parent: each adds what lies past all before it.
SELF = """
create table spans2 as
with child as (
  select c.trace_id, p.span_id, greatest(c.start_ns, p.start_ns) s,
         least(c.start_ns + c.duration_ns, p.start_ns + p.duration_ns) e
  from spans c join spans p on c.trace_id = p.trace_id and c.parent_id = p.span_id),
ordered as (
  select *, max(e) over (partition by trace_id, span_id order by s, e
                         rows between unbounded preceding and 1 preceding) reached
  from child where e > s),
covered as (select trace_id, span_id, sum(greatest(0, e - greatest(s, coalesce(reached, s)))) ns
            from ordered group by all)
select spans.*, (duration_ns - coalesce(ns, 0)) / 1e6 self_ms
from spans left join covered using (trace_id, span_id)"""

BUCKET = "start_ns // 10000000000"
# Named as the bench names them; then what to count as "matched", when it is not the rows.
QUERIES = [
    ("count, P99 by bucket", f"select {BUCKET} b, count(*) n, quantile_cont(duration_ms, 0.99) from spans group by b"),
    ("errors by bucket", f"select {BUCKET} b, count(*) n from spans where error group by b"),
    ("percentiles by service", "select service, count(*) n, quantile_cont(duration_ms, [0.5, 0.95, 0.99]) from spans group by service"),
    ("P99 by service and bucket", f"select service, {BUCKET} b, quantile_cont(duration_ms, 0.99), count(*) n from spans group by all"),
    ("heatmap", f"select start_ns // $width b, floor(log2(duration_ms) * 4) r, count(*) n from spans group by all"),
    ("contains by route", "select route, count(*) n, quantile_cont(duration_ms, 0.99) from spans where contains(url_path, '/18') group by route order by n desc limit 100"),
    ("count by user of errors", "select user_id, count(*) n from spans where status_code >= 500 group by user_id order by n desc, user_id limit 100"),
    ("distinct users by region", "select region, count(distinct user_id) from spans group by region"),
    ("three groups", "select service, route, region, count(*) n, avg(duration_ms) from spans group by all order by n desc limit 100"),
    ("phrase in any field", "select count(*) n from spans where everything ilike '%no answer from novabank%'"),
    ("P99 of self time by name", "select name, quantile_cont(self_ms, 0.99) q from spans group by name order by q desc limit 100"),
    ("slowest 100 traces", "select trace_id, max(start_ns + duration_ns) - min(start_ns) d, count(*) n, count(*) filter (error), min(start_ns) s from spans group by trace_id order by d desc, s desc limit 100"),
    ("one trace by id", "select * from spans where trace_id = $trace order by start_ns"),
]


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("file", help="what otel-tui-bench --write wrote")
    options.add_argument("--bench", help="otel-tui-bench, to measure in the same run")
    options.add_argument("--runs", type=int, default=5)
    options.add_argument("--threads", type=int, default=os.cpu_count())
    options.add_argument("--json", action="store_true", help="one object instead of a table")
    given = options.parse_args()

    ours = run_bench(given) if given.bench else None
    db = duckdb.connect()
    db.execute(f"set threads={given.threads}")
    begin = time.perf_counter()
    db.execute(LOAD, [given.file])
    load_s = time.perf_counter() - begin
    count = db.execute("select count(*) from loaded").fetchone()[0]
    if not given.json:
        print(f"DuckDB {duckdb.__version__}, {given.threads} threads, {count:,} spans read at {count / load_s:,.0f} spans/s", flush=True)
    for statement in (FLAT, "drop table loaded", SELF, "drop table spans", "alter table spans2 rename to spans"):
        db.execute(statement)
    first, last = db.execute("select min(start_ns), max(start_ns) from spans").fetchone()
    slowest = db.execute("select trace_id from spans group by 1 order by max(start_ns + duration_ns) - min(start_ns) desc, min(start_ns) desc limit 1").fetchone()[0]
    known = {q["name"]: q for q in ours["queries"]} if ours else {}
    results = []
    for name, text in QUERIES:
        values = {"width": max(1, (last - first) // 120), "trace": known.get(name, {}).get("text", slowest)}
        values = {key: value for key, value in values.items() if f"${key}" in text}
        results.append(measure(db, name, text, values, given.runs, known.get(name)))
    whole = {"duckdb": duckdb.__version__, "threads": given.threads, "spans": count, "runs": given.runs,
             "duckdb_spans_per_s": count / load_s, "queries": results, "otel_tui": ours and ours["figures"],
             "duckdb_geometric_mean_ms": mean([r["duckdb_ms"] for r in results])}
    if ours:
        whole["read_ratio"] = ours["figures"]["file_spans_per_s"] / whole["duckdb_spans_per_s"]
        whole["otel_tui_geometric_mean_ms"] = mean([r["otel_tui_ms"] for r in results])
        whole["query_ratio"] = whole["duckdb_geometric_mean_ms"] / whole["otel_tui_geometric_mean_ms"]
    print(json.dumps(whole, indent=1) if given.json else table(whole))


def run_bench(given):
    command = [given.bench, "--file", given.file, "--runs", str(given.runs), "--json"]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True)
    if done.returncode:
        sys.exit(f"duckdb_queries.py: {given.bench} ended with status {done.returncode}")
    return json.loads(done.stdout)


def measure(db, name, text, values, runs, ours):
    times = []
    for _ in range(runs):
        begin = time.perf_counter()
        rows = db.execute(text, values).fetchall() if values else db.execute(text).fetchall()
        times.append((time.perf_counter() - begin) * 1e3)
    result = {"name": name, "sql": text, "duckdb_ms": min(times), "rows": len(rows)}
    if ours:
        result["otel_tui_ms"] = ours["best_ms"]
        result["ratio"] = min(times) / ours["best_ms"]
        result["agrees"] = agrees(name, text, rows, ours)
    return result


def agrees(name, text, rows, ours):
    """Whether both found as many spans, or as many rows; None where neither can be compared."""
    columns = text.split(" from ")[0].replace("select ", "")
    if "limit 100" in text and name != "slowest 100 traces":
        return len(rows) == ours["rows"]
    if " n" in columns:
        place = [c.strip().endswith(" n") for c in split(columns)].index(True)
        return sum(row[place] for row in rows) == ours["matched"]
    return len(rows) == ours["rows"]


def split(columns):
    """Columns at commas outside brackets."""
    parts, depth = [""], 0
    for letter in columns:
        depth += letter in "([" and 1 or letter in ")]" and -1 or 0
        if letter == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += letter
    return parts


def mean(times):
    return math.exp(sum(math.log(t) for t in times) / len(times))


def table(whole):
    lines = []
    if "read_ratio" in whole:
        rate = whole["otel_tui"]["file_spans_per_s"]
        lines.append(f"otel-tui read the file at {rate:,.0f} spans/s: {whole['read_ratio']:.1f} x")
    lines.append(f"{'best of ' + str(whole['runs']) + ', ms':28}{'DuckDB':>10}{'otel-tui':>10}{'ratio':>8}  same answer")
    for row in whole["queries"] + [{"name": "geometric mean", "duckdb_ms": whole["duckdb_geometric_mean_ms"],
                                    "otel_tui_ms": whole.get("otel_tui_geometric_mean_ms"), "ratio": whole.get("query_ratio")}]:
        line = f"{row['name']:28}{row['duckdb_ms']:10.2f}"
        if row.get("otel_tui_ms") is not None:
            line += f"{row['otel_tui_ms']:10.2f}{row['ratio']:7.1f}x"
            if "agrees" in row:
                line += "  yes" if row["agrees"] else "  NO"
        lines.append(line)
    return "\n".join(lines)


if __name__ == "__main__":
    main()
