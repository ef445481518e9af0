#!/usr/bin/env python3
"""The queries of otel-tui-bench on DuckDB and ClickHouse, over the very same file, in the same run.

    pip install duckdb chdb
    otel-tui-bench --spans 2000000 --write spans.jsonl
    .ci/peers/databases.py spans.jsonl --bench .build/release/otel-tui-bench

Reading is DuckDB's `read_json` with an explicit schema and unnest, to a flat table; attributes
become a map and then, outside the time taken for reading, typed columns of their own, so that no
query pays for JSON or maps. Time by itself and depth are no columns of such a file: self time is
computed beforehand too, as is one text of all a span holds, for the phrase. ClickHouse (chDB) gets
that very table, in a MergeTree of one part, ordered and indexed as the collector's exporter orders
and indexes `otel_traces`, with dictionaries for what repeats, and may not remember which parts of it
held no match, since a query here is asked anew each time. Every query runs --runs times on all
cores and the fastest run counts, on every side. Without --bench only the databases are measured,
without chdb only DuckDB. Where two count the same thing the script says whether they agree.
"""
import argparse, json, math, os, subprocess, sys, tempfile, time

try:
    import duckdb
except ImportError:
    sys.exit("databases.py: duckdb is missing\nhint: pip install duckdb chdb")
try:
    import chdb
    from chdb.session import Session
except ImportError:
    chdb = None

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

# What the collector's ClickHouse exporter does: the order, the Bloom filter on the trace, and
# LowCardinality where values repeat.
CLICKHOUSE = """
create table spans (
  trace_id String, span_id String, parent_id Nullable(String), name LowCardinality(String), kind Int32,
  start_ns Int64, duration_ns Int64, duration_ms Float64, error Bool, service LowCardinality(String),
  region LowCardinality(Nullable(String)), route LowCardinality(Nullable(String)), url_path Nullable(String),
  status_code Nullable(Int32), user_id Nullable(String), everything String, self_ms Float64,
  index by_trace trace_id type bloom_filter(0.001) granularity 1)
engine = MergeTree order by (service, name, start_ns)"""


def dialect(text):
    """A query of DuckDB's in ClickHouse's words; the percentiles are the same ones (type R-7)."""
    text = text.replace("start_ns // 10000000000", "intDiv(start_ns, 10000000000)")
    text = text.replace("start_ns // $width", "intDiv(start_ns, $width)")
    text = text.replace("quantile_cont(duration_ms, [0.5, 0.95, 0.99])", "quantilesExactInclusive(0.5, 0.95, 0.99)(duration_ms)")
    text = text.replace("quantile_cont(duration_ms, 0.99)", "quantileExactInclusive(0.99)(duration_ms)")
    text = text.replace("quantile_cont(self_ms, 0.99)", "quantileExactInclusive(0.99)(self_ms)")
    text = text.replace("count(distinct user_id)", "uniqExact(user_id)").replace("count(*) filter (error)", "countIf(error)")
    return text.replace("contains(url_path, '/18')", "position(url_path, '/18') > 0")


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
    results, filled = [], []
    for name, text in QUERIES:
        values = {"width": max(1, (last - first) // 120), "trace": known.get(name, {}).get("text", slowest)}
        values = {key: value for key, value in values.items() if f"${key}" in text}
        filled.append((name, text, values))
        results.append(measure(db, name, text, values, given.runs, known.get(name)))
    whole = {"duckdb": duckdb.__version__, "threads": given.threads, "spans": count, "runs": given.runs,
             "duckdb_spans_per_s": count / load_s, "queries": results, "otel_tui": ours and ours["figures"]}
    if chdb:
        whole["clickhouse"] = chdb.engine_version
        measure_clickhouse(db, filled, results, given, known)
    means = {side: mean([r[side] for r in results]) for side in SIDES if side in results[0]}
    whole["geometric_mean"] = means | {"name": "geometric mean"}
    if ours:
        whole["read_ratio"] = ours["figures"]["file_spans_per_s"] / whole["duckdb_spans_per_s"]
        for row in results:
            row["ratio"] = faster(row) / row["otel_tui_ms"]
        whole["geometric_mean"]["ratio"] = mean([faster(r) for r in results]) / means["otel_tui_ms"]
    print(json.dumps(whole, indent=1) if given.json else table(whole))


SIDES = ["duckdb_ms", "clickhouse_ms", "otel_tui_ms"]


def faster(row):
    """The time of the faster database."""
    return min(row[side] for side in SIDES[:2] if side in row)


def measure_clickhouse(db, queries, results, given, known):
    """Moves DuckDB's table over and adds ClickHouse's times and agreement to the results."""
    with tempfile.TemporaryDirectory() as folder:
        db.execute(f"copy spans to '{folder}/spans.parquet' (format parquet)")
        db.close()
        session = Session(f"{folder}/clickhouse")
        session.query(f"set max_threads = {given.threads}, use_query_condition_cache = 0, use_uncompressed_cache = 0")
        session.query(CLICKHOUSE)
        columns = ("trace_id, span_id, parent_id, name, kind, start_ns, duration_ns, duration_ms, error, service, region, "
                   "route, url_path, status_code, user_id, everything, self_ms")
        session.query(f"insert into spans select {columns} from file('{folder}/spans.parquet', Parquet)")
        os.remove(f"{folder}/spans.parquet")
        session.query("optimize table spans final")
        for (name, text, values), result in zip(queries, results):
            statement = dialect(text)
            for key, value in values.items():
                statement = statement.replace(f"${key}", str(value) if isinstance(value, int) else f"'{value}'")
            times = []
            for _ in range(given.runs):
                begin = time.perf_counter()
                session.query(statement, "TabSeparated").bytes()
                times.append((time.perf_counter() - begin) * 1e3)
            result["clickhouse_ms"] = min(times)
            rows = json.loads(session.query(statement, "JSONCompact").bytes())["data"]
            if name in known:
                rows = [[int(x) if isinstance(x, str) and x.isdigit() else x for x in row] for row in rows]
                result["agrees"] = result["agrees"] and agrees(name, text, rows, known[name])
        session.close()


def run_bench(given):
    command = [given.bench, "--file", given.file, "--runs", str(given.runs), "--json"]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True)
    if done.returncode:
        sys.exit(f"databases.py: {given.bench} ended with status {done.returncode}")
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
    if "clickhouse" in whole:
        lines.append(f"ClickHouse {whole['clickhouse']}")
    mean_row = whole["geometric_mean"]
    sides = [side for side in SIDES if side in mean_row]
    titles = {"duckdb_ms": "DuckDB", "clickhouse_ms": "ClickHouse", "otel_tui_ms": "otel-tui"}
    head = f"{'best of ' + str(whole['runs']) + ', ms':28}" + "".join(f"{titles[side]:>12}" for side in sides)
    lines.append(head + ("   ratio  same answer" if "ratio" in mean_row else ""))
    for row in whole["queries"] + [mean_row]:
        line = f"{row['name']:28}" + "".join(f"{row[side]:12.2f}" for side in sides)
        if "ratio" in row:
            line += f"{row['ratio']:7.1f}x"
        if "agrees" in row:
            line += "  yes" if row["agrees"] else "  NO"
        lines.append(line)
    return "\n".join(lines)


if __name__ == "__main__":
    main()
