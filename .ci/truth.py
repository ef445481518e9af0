#!/usr/bin/env python3
"""Asks `otel-tui query` for the facts of the workshop's recorded spans and compares them with
`truth.json`, which another program made from the same file.

    .ci/truth.py BINARY SAMPLES

Exit status 1 and a line for each difference.
"""
import json
import subprocess
import sys

binary, samples = sys.argv[1:3]
with open(samples + "/truth.json") as file:
    truth = json.load(file)
spans = f"{samples}/otlp-json/{truth['file']}"
differences = 0


def ask(text):
    done = subprocess.run(
        [binary, "query", text, spans, "--format", "json"],
        capture_output=True, text=True, check=True)
    return json.loads(done.stdout)["rows"]


def expect(what, found, wanted):
    global differences
    same = found == wanted
    if isinstance(wanted, float):
        # Both come from whole nanoseconds; truth divides once more to say milliseconds.
        same = abs(found - wanted) <= 1e-12 * max(1, abs(wanted))
    if not same:
        differences += 1
        print(f"{what}: {found!r}, not {wanted!r}")


FIGURES = {
    "COUNT": "count", "MIN(duration_ms)": "min_ns", "MAX(duration_ms)": "max_ns",
    "SUM(duration_ms)": "sum_ns", "AVG(duration_ms)": "avg_ns", "P50(duration_ms)": "p50_linear_ns",
    "P90(duration_ms)": "p90_linear_ns", "P99(duration_ms)": "p99_linear_ns",
}
for table, field, where in (
    ("duration_by_http_target", "http.target", "WHERE span.kind = server"),
    ("duration_by_http_target_root_spans_only", "http.target", "WHERE is_root"),
    ("duration_by_name", "name", ""),
):
    rows = ask(f"VISUALIZE {', '.join(FIGURES)} {where} GROUP BY {field} LIMIT 1000")
    expect(f"{table}: groups", sorted(row[0] for row in rows), sorted(truth[table]))
    for name, *figures in rows:
        for (calculation, key), found in zip(FIGURES.items(), figures):
            wanted = truth[table][name][key]
            expect(f"{table}: {name}: {calculation}", found,
                   wanted if key == "count" else wanted / 1e6)

puzzle = truth["puzzle"]
inside = 'span.kind = server AND http.target = "/fib?index=1" AND root.http.target = "/fib?index=5"'
rows = ask(f"VISUALIZE COUNT WHERE {inside} GROUP BY trace.trace_id")
expect("requests of index=1 inside a trace of index=5", {row[1] for row in rows},
       set(puzzle["index1_requests_inside_one_index5_trace"]))
expect("traces of index=5", len(rows), puzzle["index5_traces"])
rows = dict(ask('VISUALIZE P99(duration_ms) WHERE span.kind = server GROUP BY http.target'))
slower = rows["/fib?index=5"] - rows["/fib?index=4"]
table = truth["duration_by_http_target"]
wanted = table["/fib?index=5"]["p99_linear_ns"] - table["/fib?index=4"]["p99_linear_ns"]
expect("P99 of index=5 above that of index=4, whole nanoseconds",
       round(slower * 1e6), round(wanted))
rows = ask("WHERE is_root ORDER BY duration_ms LIMIT 1")
expect("slowest trace", rows[0][5], truth["slowest_trace_by_root_duration"])

print("truth.json: " + ("no difference" if differences == 0 else f"{differences} differences"))
sys.exit(differences > 0)
