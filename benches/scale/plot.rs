//! `docs/scale.svg`: three panels over the number of articles, readable in light and dark.

use crate::figures::{Figures, Scale};
use std::fmt::Write;

const WIDTH: f64 = 330.0;
const LEFT: f64 = 52.0;
const TOP: f64 = 108.0;
const PLOT_WIDTH: f64 = 250.0;
const PLOT_HEIGHT: f64 = 170.0;

const STYLE: &str = "<style>\
text{font:12px system-ui,sans-serif;fill:#24292f}.title{font-weight:600;font-size:13px}\
.ground{fill:#fff}.grid{stroke:#d0d7de;stroke-width:1}.goal{stroke:#cf222e;stroke-dasharray:5 4}\
polyline{fill:none;stroke-width:2}.end{text-anchor:end}.middle{text-anchor:middle}\
.c0{stroke:#0969da;fill:#0969da}.c1{stroke:#bc4c00;fill:#bc4c00}.c2{stroke:#1a7f37;fill:#1a7f37}.c3{stroke:#8250df;fill:#8250df}\
@media(prefers-color-scheme:dark){text{fill:#e6edf3}.ground{fill:#0d1117}.grid{stroke:#30363d}.goal{stroke:#ff7b72}\
.c0{stroke:#58a6ff;fill:#58a6ff}.c1{stroke:#f0883e;fill:#f0883e}.c2{stroke:#3fb950;fill:#3fb950}.c3{stroke:#bc8cff;fill:#bc8cff}}\
text.key{stroke:none}</style>\n";

/// How values go up a panel.
enum Rise {
    /// From nothing to this.
    Even(f64),
    /// By powers of ten, from the first to the second.
    Powers(f64, f64),
}

struct Panel {
    title: &'static str,
    rise: Rise,
    /// A line not to be crossed, and its name.
    goal: Option<(f64, &'static str)>,
    lines: Vec<Line>,
}

/// What is drawn, as articles and values.
struct Line {
    name: String,
    points: Vec<(f64, f64)>,
}

pub fn plot(scale: &Scale) -> String {
    let panels = [speed(scale), size(scale), times(scale)];
    let (width, height) = (WIDTH * 3.0, TOP + PLOT_HEIGHT + 52.0);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" role=\"img\" \
         aria-label=\"Speed, size and query times by number of articles\">\n{STYLE}\
         <rect class=\"ground\" width=\"{width}\" height=\"{height}\"/>\n"
    );
    let (least, most) = bounds(scale);
    for (at, panel) in panels.iter().enumerate() {
        writeln!(svg, "<g transform=\"translate({},0)\">", at as f64 * WIDTH).expect("a String");
        draw(&mut svg, panel, least, most);
        svg.push_str("</g>\n");
    }
    svg.push_str("</svg>\n");
    svg
}

fn speed(scale: &Scale) -> Panel {
    let lines = vec![
        line("extract, 2 threads", scale, |step| Some(step.extract[1])),
        line("extract, 1 thread", scale, |step| Some(step.extract[0])),
        line("ingest, 2 threads", scale, |step| step.ingest[1]),
        line("ingest, 1 thread", scale, |step| step.ingest[0]),
    ];
    Panel { title: "Thousand words a second", rise: Rise::Even(top(&lines)), goal: None, lines }
        .in_thousands()
}

fn size(scale: &Scale) -> Panel {
    let lines = vec![line("database ÷ text", scale, |step| Some(step.ratios.database_over_text))];
    let goal = Some((3.5, "goal: 3.5"));
    Panel { title: "Size of the database", rise: Rise::Even(top(&lines).max(4.0)), goal, lines }
}

fn times(scale: &Scale) -> Panel {
    let median = |name: &'static str| {
        move |step: &Figures| {
            step.queries.iter().find(|query| query.name == name).map(|query| query.median_ms)
        }
    };
    let names = ["quotes by speaker", "search, middling word", "search, common word", "article page, by id"];
    let lines: Vec<Line> = names.iter().map(|name| line(name, scale, median(name))).collect();
    let least = lines.iter().flat_map(|line| &line.points).map(|point| point.1).fold(1.0, f64::min);
    let rise = Rise::Powers(power_below(least), power_below(top(&lines).max(20.0)) * 10.0);
    Panel { title: "Milliseconds a query, median", rise, goal: Some((20.0, "goal: 20 ms")), lines }
}

impl Panel {
    fn in_thousands(mut self) -> Self {
        for point in self.lines.iter_mut().flat_map(|line| &mut line.points) {
            point.1 /= 1000.0;
        }
        self.rise = Rise::Even(top(&self.lines));
        self
    }
}

impl Rise {
    /// From 0 at the bottom to 1 at the top.
    fn share(&self, value: f64) -> f64 {
        match *self {
            Self::Even(most) => value / most,
            Self::Powers(least, most) => (value / least).log10() / (most / least).log10(),
        }
    }

    fn ticks(&self) -> Vec<f64> {
        match *self {
            Self::Even(most) => (0..=4).map(|quarter| most * f64::from(quarter) / 4.0).collect(),
            Self::Powers(least, most) => std::iter::successors(Some(least), |tick| Some(tick * 10.0))
                .take_while(|&tick| tick <= most * 1.01)
                .collect(),
        }
    }
}

fn line(name: &str, scale: &Scale, value: impl Fn(&Figures) -> Option<f64>) -> Line {
    let points = scale.steps.iter().filter_map(|step| Some((step.articles as f64, value(step)?)));
    Line { name: name.to_owned(), points: points.collect() }
}

fn draw(svg: &mut String, panel: &Panel, least: f64, most: f64) {
    let across = |articles: f64| LEFT + PLOT_WIDTH * (articles / least).log10() / (most / least).log10();
    let up = |value: f64| TOP + PLOT_HEIGHT * (1.0 - panel.rise.share(value));
    let mut put = |line: std::fmt::Arguments| writeln!(svg, "{line}").expect("a String takes everything");
    let right = LEFT + PLOT_WIDTH;
    put(format_args!("<text class=\"title\" x=\"{LEFT}\" y=\"22\">{}</text>", panel.title));
    for tick in panel.rise.ticks() {
        let y = up(tick);
        put(format_args!("<line class=\"grid\" x1=\"{LEFT}\" x2=\"{right}\" y1=\"{y:.1}\" y2=\"{y:.1}\"/>"));
        put(format_args!(
            "<text class=\"end\" x=\"{}\" y=\"{:.1}\">{}</text>",
            LEFT - 6.0,
            y + 4.0,
            short(tick)
        ));
    }
    let mut tick = least;
    while tick <= most * 1.01 {
        let (x, y) = (across(tick), TOP + PLOT_HEIGHT + 18.0);
        put(format_args!("<text class=\"middle\" x=\"{x:.1}\" y=\"{y}\">{}</text>", short(tick)));
        tick *= 10.0;
    }
    let (x, y) = (LEFT + PLOT_WIDTH / 2.0, TOP + PLOT_HEIGHT + 38.0);
    put(format_args!("<text class=\"middle\" x=\"{x}\" y=\"{y}\">articles</text>"));
    if let Some((goal, name)) = panel.goal {
        let y = up(goal);
        put(format_args!("<line class=\"goal\" x1=\"{LEFT}\" x2=\"{right}\" y1=\"{y:.1}\" y2=\"{y:.1}\"/>"));
        put(format_args!("<text x=\"{}\" y=\"{:.1}\">{name}</text>", LEFT + 4.0, y - 4.0));
    }
    for (at, line) in panel.lines.iter().enumerate() {
        let points: Vec<String> =
            line.points.iter().map(|&(x, y)| format!("{:.1},{:.1}", across(x), up(y))).collect();
        put(format_args!("<polyline class=\"c{at}\" style=\"fill:none\" points=\"{}\"/>", points.join(" ")));
        for &(x, y) in &line.points {
            put(format_args!(
                "<circle class=\"c{at}\" cx=\"{:.1}\" cy=\"{:.1}\" r=\"3\"/>",
                across(x),
                up(y)
            ));
        }
        let y = 40.0 + at as f64 * 16.0;
        put(format_args!("<text class=\"key c{at}\" x=\"{LEFT}\" y=\"{y}\">● {}</text>", line.name));
    }
}

/// The bounds of the number of articles, whole powers of ten.
fn bounds(scale: &Scale) -> (f64, f64) {
    let articles = || scale.steps.iter().map(|step| step.articles as f64);
    let least = power_below(articles().fold(f64::INFINITY, f64::min));
    let most = articles().fold(1.0, f64::max);
    let above = power_below(most) * if power_below(most) < most { 10.0 } else { 1.0 };
    (least, above.max(least * 10.0))
}

fn power_below(value: f64) -> f64 {
    10_f64.powf((value * 1.000_001).log10().floor())
}

/// A round number that no line goes above.
fn top(lines: &[Line]) -> f64 {
    let most = lines.iter().flat_map(|line| &line.points).map(|point| point.1).fold(1.0, f64::max);
    let step = power_below(most);
    (most / step).ceil() * step
}

fn short(value: f64) -> String {
    match value {
        _ if value >= 1e6 => format!("{} M", value / 1e6),
        _ if value >= 1e4 => format!("{} k", value / 1e3),
        _ if value >= 1e3 => format!("{},000", value / 1e3),
        _ => format!("{value}"),
    }
}
