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
held no match, since a query here is asked anew each time.

*First asking*: each query in --variants variants with constants that nobody has asked before, once
each, the queries taking turns; the median counts. This is what a person feels. *Again*: the last
variant --runs times more, the fastest counts, with whatever each side keeps. Both on all cores.
Without --bench only the databases are measured, without chdb only DuckDB. Where two count the same
thing the script says whether they agree in every variant.
"""
import argparse, json, math, os, re, subprocess, sys, tempfile, time

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

# Named as the bench names them; `#` is the constant of a variant: first + variant * step, or a word.
NEARLY_ALL = "duration_ns > #"
WORDS = ["no answer from novabank", "answer from novabank", "from novabank", "answer from nova",
         "no answer from n", "no answer from no", "swer from novabank"]
QUERIES = [
    ("count, P99 by bucket", "select start_ns // #000000000 b, count(*) n, quantile_cont(duration_ms, 0.99) from spans group by b", 10, 1),
    ("errors by bucket", "select start_ns // #000000000 b, count(*) n from spans where error group by b", 10, 1),
    ("percentiles by service", f"select service, count(*) n, quantile_cont(duration_ms, [0.5, 0.95, 0.99]) from spans where {NEARLY_ALL} group by service", 1000, 100),
    ("P99 by service and bucket", "select service, start_ns // #000000000 b, quantile_cont(duration_ms, 0.99), count(*) n from spans group by all", 10, 1),
    ("heatmap", f"select start_ns // $width b, floor(log2(duration_ms) * 4) r, count(*) n from spans where {NEARLY_ALL} group by all", 1000, 100),
    ("contains by route", "select route, count(*) n, quantile_cont(duration_ms, 0.99) from spans where contains(url_path, '/#') group by route order by n desc limit 100", 12, 1),
    ("count by user of errors", "select user_id, count(*) n from spans where status_code >= # group by user_id order by n desc, user_id limit 100", 494, 1),
    ("distinct users by region", f"select region, count(distinct user_id) from spans where {NEARLY_ALL} group by region", 1000, 100),
    ("three groups", f"select service, route, region, count(*) n, avg(duration_ms) from spans where {NEARLY_ALL} group by all order by n desc limit 100", 1000, 100),
    ("phrase in any field", "select count(*) n from spans where everything ilike '%#%'", WORDS, 0),
    ("P99 of self time by name", f"select name, quantile_cont(self_ms, 0.99) q from spans where {NEARLY_ALL} group by name order by q desc limit 100", 1000, 100),
    ("regular expression", "select count(*) n from spans where regexp_matches(url_path, '/[a-z]+/[0-9]*#[0-9]$')", 12, 1),
    ("slowest 100 traces", "select trace_id, max(start_ns + duration_ns) - min(start_ns) d, count(*) n, count(*) filter (error), min(start_ns) s from spans group by trace_id order by d desc, s desc limit #", 100, 1),
    ("one trace by id", "select * from spans where trace_id = $trace order by start_ns", 0, 1),
]
MANY = [
    ("by trace", f"select trace_id, count(*) n from spans where {NEARLY_ALL} group by trace_id order by n desc, trace_id limit 100", 1000, 100),
    ("by span", f"select span_id, max(duration_ms) m from spans where {NEARLY_ALL} group by span_id order by m desc, span_id limit 100", 1000, 100),
    ("by user", f"select user_id, count(*) n from spans where {NEARLY_ALL} group by user_id order by n desc, user_id limit 100", 1000, 100),
    ("by user and name", f"select user_id, name, count(*) n from spans where {NEARLY_ALL} group by user_id, name order by n desc, user_id, name limit 100", 1000, 100),
]


def variant(query, number):
    """The query's text with the constant of a variant."""
    name, text, first, step = query
    return text.replace("#", first[number % len(first)] if isinstance(first, list) else str(first + number * step))


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
    text = re.sub(r"start_ns // (\d+)", r"intDiv(start_ns, \1)", text)
    text = text.replace("quantile_cont(duration_ms, [0.5, 0.95, 0.99])", "quantilesExactInclusive(0.5, 0.95, 0.99)(duration_ms)")
    text = text.replace("quantile_cont(duration_ms, 0.99)", "quantileExactInclusive(0.99)(duration_ms)")
    text = text.replace("quantile_cont(self_ms, 0.99)", "quantileExactInclusive(0.99)(self_ms)")
    text = text.replace("count(distinct user_id)", "uniqExact(user_id)").replace("count(*) filter (error)", "countIf(error)")
    text = text.replace("regexp_matches(", "match(")
    return re.sub(r"contains\(url_path, ('[^']*')\)", r"position(url_path, \1) > 0", text)


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("file", help="what otel-tui-bench --write wrote")
    options.add_argument("--bench", help="otel-tui-bench, to measure in the same run")
    options.add_argument("--variants", type=int, default=7)
    options.add_argument("--runs", type=int, default=5)
    options.add_argument("--threads", type=int, default=os.cpu_count())
    options.add_argument("--json", action="store_true", help="one object instead of tables")
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
    slowest = db.execute("select trace_id from spans group by 1 order by max(start_ns + duration_ns) - min(start_ns) desc, "
                         f"min(start_ns) desc limit {given.variants}").fetchall()
    width = str(max(1, (last - first) // 120))

    def texts(query):
        """The query as it is asked, variant by variant."""
        return [variant(query, number).replace("$width", width).replace("$trace", f"'{slowest[number % len(slowest)][0]}'")
                for number in range(given.variants)]

    known = {q["name"]: q for q in ours["queries"]} if ours else {}
    whole = {"duckdb": duckdb.__version__, "threads": given.threads, "spans": count, "variants": given.variants,
             "runs": given.runs, "duckdb_spans_per_s": count / load_s, "otel_tui": ours and ours["figures"]}
    parts = {"queries": QUERIES, "many groups": MANY}
    for title, queries in parts.items():
        whole[title] = [{"name": query[0], "sql": texts(query), "agrees": True} for query in queries]
        for row in whole[title]:
            if row["name"] in known:
                row["otel_tui"] = {key: known[row["name"]][key] for key in ("first_ms", "first_cpu_ms", "again_ms")}
        measure(whole[title], "duckdb", given, known, lambda text: db.execute(text).fetchall(), lambda text: db.execute(text).fetchall())
    if chdb:
        whole["clickhouse"] = chdb.engine_version
        measure_clickhouse(db, [whole[title] for title in parts], given, known)
    if ours:
        whole["read_ratio"] = ours["figures"]["file_spans_per_s"] / whole["duckdb_spans_per_s"]
    for title in parts:
        for row in whole[title]:
            if not known:
                row.pop("agrees")
    print(json.dumps(whole, indent=1) if given.json else tables(whole, parts))


SIDES = {"duckdb": "DuckDB", "clickhouse": "ClickHouse", "otel_tui": "otel-tui"}


def measure(rows, side, given, known, ask, fetch):
    """Asks every variant once, the queries taking turns, then the last one again."""
    times, cores = [[] for _ in rows], [[] for _ in rows]
    for number in range(given.variants):
        for place, row in enumerate(rows):
            begin, cpu = time.perf_counter(), time.process_time()
            ask(row["sql"][number])
            cores[place].append((time.process_time() - cpu) * 1e3)
            times[place].append((time.perf_counter() - begin) * 1e3)
    for place, row in enumerate(rows):
        again = []
        for _ in range(given.runs):
            begin = time.perf_counter()
            ask(row["sql"][-1])
            again.append((time.perf_counter() - begin) * 1e3)
        row[side] = {"first_ms": median(times[place]), "first_cpu_ms": median(cores[place]), "again_ms": min(again)}
        for number, text in enumerate(row["sql"]):
            if row["name"] in known:
                row["agrees"] = row["agrees"] and agrees(row["name"], text, fetch(text), known[row["name"]], number)


def measure_clickhouse(db, parts, given, known):
    """Moves DuckDB's table over and adds ClickHouse's times and agreement to the rows."""
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

        def fetch(text):
            rows = json.loads(session.query(dialect(text), "JSONCompact").bytes())["data"]
            return [[int(x) if isinstance(x, str) and x.isdigit() else x for x in row] for row in rows]

        for rows in parts:
            measure(rows, "clickhouse", given, known, lambda text: session.query(dialect(text), "TabSeparated").bytes(), fetch)
        session.close()


def run_bench(given):
    command = [given.bench, "--file", given.file, "--variants", str(given.variants), "--runs", str(given.runs), "--json"]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True)
    if done.returncode:
        sys.exit(f"databases.py: {given.bench} ended with status {done.returncode}")
    return json.loads(done.stdout)


def agrees(name, text, rows, ours, number):
    """Whether both found as many spans, or as many rows."""
    columns = text.split(" from ")[0].replace("select ", "")
    if "limit 100" in text and name != "slowest 100 traces":
        return len(rows) == ours["rows"][number]
    if " n" in columns:
        place = [c.strip().endswith(" n") for c in split(columns)].index(True)
        return sum(row[place] for row in rows) == ours["matched"][number]
    return len(rows) == ours["rows"][number]


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


def median(times):
    return sorted(times)[len(times) // 2]


def mean(times):
    return math.exp(sum(math.log(t) for t in times) / len(times))


def tables(whole, parts):
    lines = []
    if "read_ratio" in whole:
        rate = whole["otel_tui"]["file_spans_per_s"]
        lines.append(f"otel-tui read the file at {rate:,.0f} spans/s: {whole['read_ratio']:.1f} x")
    if "clickhouse" in whole:
        lines.append(f"ClickHouse {whole['clickhouse']}")
    titles = {"first_ms": f"first asking, median of {whole['variants']} variants",
              "first_cpu_ms": "the same, time of all cores together, which other work on the machine hardly changes",
              "again_ms": f"the last variant again, fastest of {whole['runs']}"}
    for key, title in titles.items():
        for part in parts:
            lines += ["", f"{part}: {title}, ms; share of the faster database's time"] + table(whole[part], key)
    return "\n".join(lines)


def table(rows, key):
    sides = [side for side in SIDES if side in rows[0]]
    lines = [f"{'':28}" + "".join(f"{SIDES[side]:>12}" for side in sides) + ("   share  same answer" if "otel_tui" in sides else "")]
    means = {"name": "geometric mean"} | {side: {key: mean([row[side][key] for row in rows])} for side in sides}
    shares = [share(row, key) for row in rows]
    for row, own in zip(rows + [means], shares + [mean(shares) if "otel_tui" in sides else None]):
        line = f"{row['name']:28}" + "".join(f"{row[side][key]:12.2f}" for side in sides)
        if own is not None:
            line += f"{own:8.2f}"
        if "agrees" in row:
            line += "  yes" if row["agrees"] else "  NO"
        lines.append(line)
    return lines


def share(row, key):
    """Our time as a share of the faster database's; None without ours."""
    if "otel_tui" not in row:
        return None
    return row["otel_tui"][key] / min(row[side][key] for side in ("duckdb", "clickhouse") if side in row)


if __name__ == "__main__":
    main()
