"""The six edits in DuckDB and Polars over the claims and tables that `export_workload` wrote, one thread each.

Each engine is given the data in its own form and in memory beforehand; what is timed is one pass that ends with every
finding in a table of its own, as (claim, line, rule). The counts of findings by rule must be cleanclaim's, or this fails.

Two writings of each: "joins" is what one would write first; "tuned" knows that the lines of a claim lie one after
another, and finds two lines of a claim by moving columns, without a join. Each of them twice: over codes that are small
numbers already, and over codes as text, which is how cleanclaim is given them.
"""

import json
import os
import statistics
import sys
import time
from pathlib import Path

os.environ["POLARS_MAX_THREADS"] = "1"
# Polars has threads beside those that it counts: one processor for all of them.
if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})

import duckdb  # noqa: E402
import polars as pl  # noqa: E402

PASSES = 5

RULES = ["C001", "M010", "M020", "M021", "M022", "N001", "N002", "N003", "S001", "S002", "U001", "U002", "U003"]
MODIFIERS = ["m1", "m2", "m3", "m4"]
# What the edits read of the fee schedule, in the row of the whole code or of the component that the line bills.
FEE_FIELDS = ["pc_tc", "bilateral", "has_policy", "na"]
# The component whose row counts where a line has several comes last.
COMPONENTS = ["26", "TC", "53"]
NUMBER = {rule: number for number, rule in enumerate(RULES)}

# The bits of `na` and `rate`: a rate that the code does not have, the rate that the site is paid at.
NONFACILITY, FACILITY = 1, 2


def load(folder):
    """The tables as frames. Codes, modifiers and providers are small numbers; all that is said of a code is one row."""
    small = pl.UInt16
    read = lambda name, **types: pl.read_csv(folder / f"{name}.csv", schema_overrides=types)
    lines = read(
        "lines",
        claim=pl.UInt32,
        line=pl.UInt16,
        date=small,
        code=pl.String,
        **{name: pl.String for name in MODIFIERS},
        units=pl.UInt32,
        site=pl.UInt8,
    ).sort("claim", "line")
    pairs = read("pairs", column1=pl.String, column2=pl.String, first=small, last=small, indicator=pl.UInt8)
    mue = read("mue", code=pl.String, value=pl.UInt32, mai=pl.UInt8)
    fees = read("fee_schedule", code=pl.String, component=pl.String, pc_tc=pl.UInt8, bilateral=pl.UInt8)
    add_on, asc = read("add_on", code=pl.String), read("asc", code=pl.String)
    modifiers = read("modifiers", modifier=pl.String, ncci=pl.UInt8)
    sites = read("sites", site=pl.UInt8, assigned=pl.UInt8, rate=pl.String)

    named = [lines["code"], pairs["column1"], pairs["column2"], mue["code"], fees["code"], add_on["code"], asc["code"]]
    all_codes = pl.Enum(pl.concat([codes.unique() for codes in named]).unique().sort())
    carried = [lines[name].drop_nulls().unique() for name in MODIFIERS]
    all_modifiers = pl.Enum(pl.concat([modifiers["modifier"], *carried]).unique().sort())
    all_providers = pl.Enum(lines["provider"].cast(pl.String).unique().sort())
    code = lambda name: pl.col(name).cast(all_codes).to_physical().cast(small)
    # Zero is no modifier.
    modifier = lambda name: (pl.col(name).cast(all_modifiers).to_physical().cast(small) + 1).fill_null(0)

    lines = lines.with_columns(
        pl.col("provider").cast(pl.String).cast(all_providers).to_physical().cast(small),
        *[modifier(name) for name in MODIFIERS],
    )
    text = {"lines": lines, "pairs": pairs}
    lines = lines.with_columns(code("code"))
    pairs = pairs.with_columns(code("column1"), code("column2"))

    priced = pl.col("status").is_in(["A", "R", "T"])
    without = lambda column, bit: pl.when(priced & column).then(pl.lit(bit, pl.UInt8)).otherwise(pl.lit(0, pl.UInt8))
    fees = fees.with_columns(
        pl.col("component").fill_null(""),
        na=without(pl.col("nonfacility_na") == 1, NONFACILITY)
        | without((pl.col("facility_na") == 1) & (pl.col("pc_tc") != 1), FACILITY),
        has_policy=pl.col("status").is_in(["A", "R", "T", "C"]),
    )
    component = lambda name: fees.filter(pl.col("component") == name)
    codes = pl.DataFrame({"code": all_codes.categories})
    of_component = lambda name: component(name).select("code", *[pl.col(f).alias(f"{f}_{name}") for f in FEE_FIELDS])
    for rows in [
        component("").select("code", *FEE_FIELDS),
        *[of_component(name) for name in COMPONENTS],
        mue.select("code", "mai", limit=pl.col("value") * 1000),
    ]:
        codes = codes.join(rows, on="code", how="left", maintain_order="left")
    listed = pl.concat([fees["code"], mue["code"], add_on["code"], asc["code"]]).unique()
    codes = codes.with_columns(listed=pl.col("code").is_in(listed.implode()))
    text["codes"] = codes
    codes = codes.with_columns(code("code"))
    assert (codes["code"] == pl.int_range(codes.height, eager=True)).all()

    none = pl.DataFrame({"modifier": [0], "ncci": [0]}, schema={"modifier": small, "ncci": pl.UInt8})
    numbered = pl.DataFrame({"modifier": all_modifiers.categories}).join(modifiers, on="modifier", how="left")
    numbered = numbered.with_columns(modifier("modifier"), pl.col("ncci").fill_null(0))
    modifiers = pl.concat([none, numbered]).sort("modifier")
    rates = {"nonfacility": NONFACILITY, "facility": FACILITY}
    sites = sites.with_columns(pl.col("rate").replace_strict(rates, default=0, return_dtype=pl.UInt8)).sort("site")
    for table, key in [(modifiers, "modifier"), (sites, "site")]:
        assert (table[key] == pl.int_range(table.height, eager=True)).all()
    number = lambda text: all_modifiers.categories.to_list().index(text) + 1
    tables = {"lines": lines, "pairs": pairs, "codes": codes, "modifiers": modifiers, "sites": sites}
    return tables, {**tables, **text}, {text: number(text) for text in (*COMPONENTS, "50")}


def fields(*names):
    """The columns of some fields of the fee schedule, for the whole code and for each component."""
    return [f"{name}{suffix}" for name in names for suffix in ("", *(f"_{component}" for component in COMPONENTS))]


class Polars:
    """The edits as frames."""

    name = "Polars"
    version = pl.__version__

    def __init__(self, tables, numbers, engine):
        self.tables, self.numbers, self.engine = tables, numbers, engine
        # How far apart two lines of one claim may lie.
        self.furthest = int(tables["lines"]["line"].max())

    def finding(self, frame, rule, line="line"):
        return frame.select("claim", pl.col(line).alias("line"), pl.lit(NUMBER[rule], pl.UInt8).alias("rule"))

    def has(self, text):
        return pl.any_horizontal(pl.col(name) == self.numbers[text] for name in MODIFIERS)

    def of_component(self, frame, *names):
        """The fields of the row of the component that a line bills, where there is one, in place of the whole code's."""

        def chosen(name):
            value = pl.col(name)
            for component in COMPONENTS:
                own = pl.col(f"{name}_{component}")
                value = pl.when(self.has(component) & own.is_not_null()).then(own).otherwise(value)
            return value.alias(name)

        return frame.with_columns(chosen(name) for name in names)

    def of_pairs(self, hits):
        """Column 2 findings of edits in force: `hits` has the columns of both lines and of the edit."""
        ncci = self.tables["modifiers"]["ncci"]
        carried = [f"{name}{suffix}" for suffix in ("", "_2") for name in MODIFIERS]
        flagged = pl.any_horizontal(pl.lit(ncci).gather(pl.col(name)) == 1 for name in carried)
        rule = pl.when(pl.col("indicator") == 0).then(pl.lit(NUMBER["N001"], pl.UInt8))
        rule = rule.when(flagged).then(pl.lit(NUMBER["N003"], pl.UInt8)).otherwise(pl.lit(NUMBER["N002"], pl.UInt8))
        return hits.filter(pl.col("indicator") <= 1).select("claim", pl.col("line_2").alias("line"), rule.alias("rule"))

    def of_lines(self, lines, facts):
        """Edits of single lines. `facts(frame, *columns)` puts what the tables say of a line's code and site beside it."""
        rate = pl.lit(self.tables["sites"]["rate"]).gather(pl.col("site"))
        assigned = pl.lit(self.tables["sites"]["assigned"]).gather(pl.col("site"))
        component = self.has("26") | self.has("TC") | self.has("53")
        whole = facts(lines, "na", "listed", "mai", "limit")
        parts = self.of_component(facts(lines.filter(component), *fields("na", "has_policy", "pc_tc")), "na", "has_policy", "pc_tc")
        both = self.of_component(facts(lines.filter(self.has("50")), *fields("bilateral")), "bilateral")
        without = (self.has("26") & ~pl.col("pc_tc").is_in([1, 6])) | (self.has("TC") & (pl.col("pc_tc") != 1))
        return [
            self.finding(whole.filter(~pl.col("listed")), "C001"),
            self.finding(whole.filter((pl.col("mai") == 1) & (pl.col("units") > pl.col("limit"))), "U001"),
            self.finding(whole.filter((pl.col("na") & rate != 0) & ~component), "S002"),
            self.finding(parts.filter(pl.col("na") & rate != 0), "S002"),
            self.finding(parts.filter(pl.col("has_policy") & without), "M010"),
            self.finding(both.filter(pl.col("bilateral").is_in([0, 9])), "M020"),
            self.finding(both.filter(pl.col("bilateral") == 2), "M021"),
            self.finding(both.filter(pl.col("bilateral").is_in([1, 3]) & (pl.col("units") > 1000)), "M022"),
            self.finding(lines.filter(assigned == 0), "S001"),
        ]

    def of_days(self, days):
        """`days` has `total`, the units of the code's day."""
        beyond = days.filter(pl.col("mai").is_in([2, 3]) & (pl.col("total") > pl.col("limit")))
        rule = pl.when(pl.col("mai") == 2).then(pl.lit(NUMBER["U002"], pl.UInt8))
        return beyond.select("claim", "line", rule.otherwise(pl.lit(NUMBER["U003"], pl.UInt8)).alias("rule"))

    def finish(self, found):
        return pl.concat(found).collect(engine=self.engine)

    def count(self, found):
        counts = dict(found.group_by("rule").len().iter_rows())
        return {rule: counts.get(number, 0) for rule, number in NUMBER.items()}


class PolarsJoins(Polars):
    what = "joins"

    def run(self):
        lines, pairs, codes = (self.tables[name].lazy() for name in ("lines", "pairs", "codes"))
        day = ["claim", "date", "provider"]
        hits = (
            lines.join(lines, on=day, suffix="_2")
            .filter(pl.col("line") != pl.col("line_2"))
            .join(pairs, left_on=["code", "code_2"], right_on=["column1", "column2"])
            .filter(pl.col("date").is_between(pl.col("first"), pl.col("last")))
        )
        facts = lambda frame, *columns: frame.join(codes.select("code", *columns), on="code")
        days = facts(lines.with_columns(total=pl.col("units").sum().over(*day, "code")), "mai", "limit")
        return self.finish([self.of_pairs(hits), *self.of_lines(lines, facts), self.of_days(days)])


class PolarsTuned(Polars):
    what = "tuned"

    def run(self):
        lines, codes = self.tables["lines"], self.tables["codes"]
        facts = lambda frame, *columns: frame.with_columns(
            pl.lit(codes[column]).gather(pl.col("code")).alias(column) for column in columns
        )
        two = self.two(lines.lazy()).collect(engine=self.engine)
        alone = facts(lines.lazy().with_columns(total="units"), "mai", "limit")
        # Lines that are within the limit alone, where the code stands on several lines of the day.
        again = two.lazy().filter(pl.col("code") == pl.col("code_2"))
        again = pl.concat([again.select("row"), again.select(row="row_2")]).unique().collect()["row"]
        several = lines[again].lazy().with_columns(
            total=pl.col("units").sum().over("claim", "date", "provider", "code")
        )
        several = facts(several, "mai", "limit").filter(pl.col("units") <= pl.col("limit"))
        return self.finish([
            self.of_pairs(self.hits(two.lazy(), lines)),
            *self.of_lines(lines.lazy(), facts),
            self.of_days(alone),
            self.of_days(several),
        ])

    def two(self, lines):
        """Every two lines of one claim, day and provider, by their places in `lines`, and their codes."""
        lines = lines.select("claim", "date", "provider", "code", row=pl.int_range(pl.len(), dtype=pl.UInt32))
        same = [pl.col(name) == pl.col(f"{name}_2") for name in ("claim", "date", "provider")]
        moved = lambda by: [pl.col(name).shift(-by).alias(f"{name}_2") for name in ("claim", "date", "provider", "code")]
        return pl.concat(
            lines.with_columns(moved(by))
            .filter(*same)
            .select("row", "date", "code", "code_2", (pl.col("row") + by).alias("row_2"))
            for by in range(1, self.furthest + 1)
        )

    def hits(self, two, lines):
        """The edits in force between two lines: one look-up answers both directions."""
        found = (
            two.with_columns(key=unordered("code", "code_2"))
            .join(self.tables["pairs"].lazy(), on="key")
            .filter(pl.col("date").is_between(pl.col("first"), pl.col("last")))
        )
        forward = pl.col("code") == pl.col("column1")
        place = lambda yes, no: pl.when(forward).then(yes).otherwise(no)
        found = found.select("indicator", one=place("row", "row_2"), two=place("row_2", "row"))
        of = lambda name, row: pl.lit(lines[name]).gather(pl.col(row))
        return found.select(
            "indicator",
            of("claim", "one").alias("claim"),
            of("line", "two").alias("line_2"),
            *[of(name, "one").alias(name) for name in MODIFIERS],
            *[of(name, "two").alias(f"{name}_2") for name in MODIFIERS],
        )


class PolarsTunedText(PolarsTuned):
    """Numbers the codes first."""

    what = "tuned, text"

    def __init__(self, tables, numbered, numbers, engine):
        super().__init__(numbered, numbers, engine)
        self.text, self.all_codes = tables["lines"], pl.Enum(tables["codes"]["code"].cast(pl.String))

    def run(self):
        code = pl.col("code").cast(self.all_codes).to_physical().cast(pl.UInt16)
        self.tables = {**self.tables, "lines": self.text.with_columns(code)}
        return super().run()


class PolarsJoinsText(PolarsJoins):
    """Joins by the text of the codes."""

    what = "joins, text"


def unordered(one, two):
    """Two codes as one number, in whatever order they stand."""
    low, high = pl.min_horizontal(one, two), pl.max_horizontal(one, two)
    return low.cast(pl.UInt32) * 65_536 + high.cast(pl.UInt32)


class DuckDb:
    """The edits as one statement."""

    name = "DuckDB"
    version = duckdb.__version__

    def __init__(self, folder, numbers, text=False):
        if text:
            self.what += ", text"
        self.database = duckdb.connect(config={"threads": 1})
        # Read in the order of the files, which is that of claims and lines.
        for table in ("lines", "pairs", "codes", "modifiers", "sites"):
            kind = "text." if text and table in ("lines", "pairs", "codes") else ""
            self.database.execute(f"CREATE TABLE {table} AS SELECT * FROM read_parquet('{folder / table}.{kind}parquet')")
        self.furthest = self.database.execute("SELECT max(line) FROM lines").fetchone()[0]
        self.numbers = numbers
        self.statement = f"CREATE OR REPLACE TEMP TABLE findings AS {' UNION ALL '.join(self.edits())}"

    def has(self, text):
        return f"{self.numbers[text]} IN (m1, m2, m3, m4)"

    def findings(self, rule, rest):
        number = NUMBER[rule] if rule in NUMBER else rule
        return f"SELECT claim, line, ({number})::UTINYINT AS rule FROM {rest}"

    def of_lines(self):
        c26, tc, c53 = self.has("26"), self.has("TC"), self.has("53")
        component = f"({c26} OR {tc} OR {c53})"
        own = lambda name: f"""CASE WHEN {c53} AND {name}_53 IS NOT NULL THEN {name}_53
            WHEN {tc} AND {name}_TC IS NOT NULL THEN {name}_TC WHEN {c26} AND {name}_26 IS NOT NULL THEN {name}_26
            ELSE {name} END"""
        na, pc_tc, has_policy, bilateral = own("na"), own("pc_tc"), own("has_policy"), own("bilateral")
        without = f"({c26} AND ({pc_tc}) NOT IN (1, 6)) OR ({tc} AND ({pc_tc}) <> 1)"
        known, placed = "lines JOIN codes USING (code)", "lines JOIN codes USING (code) JOIN sites USING (site)"
        both = f"(SELECT claim, line, units, ({bilateral}) AS bilateral FROM {known} WHERE {self.has('50')})"
        of_both = f"""CASE WHEN bilateral IN (0, 9) THEN {NUMBER["M020"]} WHEN bilateral = 2 THEN {NUMBER["M021"]}
                      ELSE {NUMBER["M022"]} END"""
        return [
            self.findings("C001", f"{known} WHERE NOT listed"),
            self.findings("S001", "lines JOIN sites USING (site) WHERE assigned = 0"),
            self.findings("S002", f"{placed} WHERE NOT {component} AND na & rate <> 0"),
            self.findings("S002", f"{placed} WHERE {component} AND ({na}) & rate <> 0"),
            self.findings("M010", f"{known} WHERE {component} AND ({has_policy}) AND ({without})"),
            self.findings(
                of_both, f"{both} WHERE bilateral IN (0, 2, 9) OR (bilateral IN (1, 3) AND units > 1000)"
            ),
        ]

    def of_pairs(self, hits):
        """`hits` has the line of column 2, the indicator and the eight modifiers."""
        carried = ", ".join(f"{name}, {name}_2" for name in MODIFIERS)
        joins = " ".join(f"JOIN modifiers f_{name} ON f_{name}.modifier = {name}" for name in carried.split(", "))
        flagged = " OR ".join(f"f_{name}.ncci = 1" for name in carried.split(", "))
        rule = f"""CASE WHEN indicator = 0 THEN {NUMBER["N001"]} WHEN {flagged} THEN {NUMBER["N003"]}
                   ELSE {NUMBER["N002"]} END"""
        return self.findings(rule, f"({hits}) {joins} WHERE indicator <= 1")

    def by_mai(self):
        return f"""CASE mai WHEN 1 THEN {NUMBER["U001"]} WHEN 2 THEN {NUMBER["U002"]} ELSE {NUMBER["U003"]} END"""

    def run(self):
        self.database.execute(self.statement)

    def count(self, _):
        counts = dict(self.database.execute("SELECT rule, count(*) FROM findings GROUP BY rule").fetchall())
        return {rule: counts.get(number, 0) for rule, number in NUMBER.items()}


class DuckDbJoins(DuckDb):
    what = "joins"

    def edits(self):
        seconds = ", ".join(f"two.{name} AS {name}_2" for name in MODIFIERS)
        firsts = ", ".join(f"one.{name} AS {name}" for name in MODIFIERS)
        hits = f"""SELECT one.claim, two.line, indicator, {firsts}, {seconds}
            FROM lines one
            JOIN lines two ON one.claim = two.claim AND one.date = two.date AND one.provider = two.provider
                AND one.line <> two.line
            JOIN pairs ON column1 = one.code AND column2 = two.code AND one.date BETWEEN first AND last"""
        day = "claim, date, provider, code"
        beyond = f"""(SELECT {day}, any_value(mai) AS mai FROM lines JOIN codes USING (code) WHERE mai IN (2, 3)
            GROUP BY {day} HAVING sum(units) > any_value("limit"))"""
        return [
            *self.of_lines(),
            self.of_pairs(hits),
            self.findings("U001", 'lines JOIN codes USING (code) WHERE mai = 1 AND units > "limit"'),
            self.findings(self.by_mai(), f"lines JOIN {beyond} USING ({day})"),
        ]


class DuckDbTuned(DuckDb):
    what = "tuned"

    def two(self, columns, where):
        """Every two lines of one claim, day and provider."""
        moved = lambda by: ", ".join(f"lead({name}, {by}) OVER () AS {name}_2" for name in columns)
        return " UNION ALL ".join(
            f"""SELECT * FROM (SELECT {", ".join(columns)}, {moved(by)} FROM lines)
                WHERE claim = claim_2 AND date = date_2 AND provider = provider_2 {where}"""
            for by in range(1, self.furthest + 1)
        )

    def edits(self):
        two = self.two(["claim", "date", "provider", "line", "code"], "")
        key = "least(code, code_2)::UINTEGER * 65536 + greatest(code, code_2)"
        both = ", ".join(f"one.{name} AS {name}, two.{name} AS {name}_2" for name in MODIFIERS)
        # The modifiers are fetched for the lines of edits in force only.
        hits = f"""SELECT found.claim, CASE WHEN found.code = column1 THEN found.line_2 ELSE found.line END AS line,
                indicator, {both}
            FROM (SELECT * FROM (SELECT *, {key} AS key FROM ({two})) JOIN pairs USING (key)
                  WHERE date BETWEEN first AND last) found
            JOIN lines one ON one.claim = found.claim AND one.line = found.line
            JOIN lines two ON two.claim = found.claim AND two.line = found.line_2"""
        again = self.two(["claim", "date", "provider", "line", "code"], "AND code = code_2")
        day = "claim, date, provider, code"
        several = f"""(SELECT claim, line, units, sum(units) OVER (PARTITION BY {day}) AS total, code FROM lines
            SEMI JOIN (SELECT DISTINCT {day} FROM ({again})) USING ({day}))"""
        return [
            *self.of_lines(),
            self.of_pairs(hits),
            self.findings(self.by_mai(), 'lines JOIN codes USING (code) WHERE units > "limit"'),
            self.findings(
                self.by_mai(),
                f'{several} JOIN codes USING (code) WHERE mai IN (2, 3) AND units <= "limit" AND total > "limit"',
            ),
        ]


def measure(engine, expected):
    """Of several passes, after one whose counts are compared: the least time, the median, the least processor time."""
    found = engine.run()
    counts = engine.count(found)
    if counts != expected:
        differing = {rule: (counts[rule], expected[rule]) for rule in RULES if counts[rule] != expected[rule]}
        sys.exit(f"{engine.name} ({engine.what}) counts other findings than cleanclaim: {differing}")
    passes, busy = [], []
    for _ in range(PASSES):
        del found
        start, before = time.perf_counter_ns(), time.process_time_ns()
        found = engine.run()
        passes.append(time.perf_counter_ns() - start)
        busy.append(time.process_time_ns() - before)
        if busy[-1] > 1.1 * passes[-1]:
            sys.exit(f"{engine.name} ({engine.what}) ran on more than one core")
    return min(passes), statistics.median(passes), min(busy)


def main():
    folder = Path(sys.argv[1])
    own = json.loads((folder / "cleanclaim.json").read_text())
    expected = own["findings"]
    if sorted(expected) != RULES:
        sys.exit(f"cleanclaim ran other rules than these: {sorted(expected)}")
    tables, text, numbers = load(folder)
    if tables["lines"].height != own["lines"]:
        sys.exit(f"{tables['lines'].height} lines were read, cleanclaim had {own['lines']}")
    tables["pairs"] = tables["pairs"].with_columns(key=unordered("column1", "column2"))
    for name, table in tables.items():
        table.write_parquet(folder / f"{name}.parquet")
    for name in ("lines", "pairs", "codes"):
        as_text = text[name].with_columns(pl.col(pl.Enum).cast(pl.String))
        text[name] = as_text
        as_text.write_parquet(folder / f"{name}.text.parquet")

    claims = own["claims"]
    if not own["minimum_processor_ns_a_claim"]:
        sys.exit("the processor time of so few claims cannot be measured: export more, at least 50,000")
    times = [own[f"{name}_ns_a_claim"] for name in ("minimum", "median", "minimum_processor")]
    rows = [("cleanclaim", own["version"], "", times)]
    for make in (
        lambda: PolarsTuned(tables, numbers, "streaming"),
        lambda: PolarsJoins(tables, numbers, "streaming"),
        lambda: DuckDbTuned(folder, numbers),
        lambda: DuckDbJoins(folder, numbers),
        lambda: PolarsTunedText(text, tables, numbers, "streaming"),
        lambda: PolarsJoinsText(text, numbers, "streaming"),
        lambda: DuckDbJoins(folder, numbers, text=True),
    ):
        engine = make()
        times = [time / claims for time in measure(engine, expected)]
        rows.append((engine.name, engine.version, engine.what, times))
        del engine

    print(f"\n{claims:,} claims, {own['lines']:,} lines, {sum(expected.values()):,} findings; one thread each")
    print("findings by rule, the same in all:", " ".join(f"{rule} {expected[rule]:,}" for rule in RULES), "\n")
    print("| engine | version | queries | ns/claim, least | median | processor, least | ratio (processor) |")
    print("|---|---|---|---:|---:|---:|---:|")
    for name, version, what, times in rows:
        numbers = " | ".join(f"{time:,.0f}" for time in times)
        print(f"| {name} | {version} | {what} | {numbers} | {times[2] / rows[0][3][2]:.1f} |")


if __name__ == "__main__":
    main()
