//! An article as a web page, with what stands around one: menu, teasers, newsletter box, footer.

use crate::news::Article;
use std::fmt::Write;

const TOP: &str = "<nav class=\"menu\"><ul><li><a href=\"/\">Home</a></li><li><a href=\"/politics\">Politics</a></li>\
<li><a href=\"/sport\">Sport</a></li><li><a href=\"/culture\">Culture</a></li><li><a href=\"/weather\">Weather</a></li></ul></nav>\n";

const ASIDE: &str = "<aside class=\"related\"><h2>Read more</h2><ul><li><a href=\"/most-read/1\">What the neighbours say</a></li>\
<li><a href=\"/most-read/2\">Ten cellars to see before winter</a></li></ul></aside>\n\
<div class=\"newsletter\"><p>Get our morning letter, free, five days a week.</p><form action=\"/letter\"><input name=\"mail\"></form></div>\n";

const FOOTER: &str = "<footer><p>All rights reserved. <a href=\"/imprint\">Imprint</a> <a href=\"/privacy\">Privacy</a></p></footer>\n\
<script>window.dataLayer=window.dataLayer||[];function track(){return dataLayer.push(arguments)}track('page')</script>\n";

/// A complete page in HTML, with JSON-LD and OpenGraph in its head.
pub fn page(article: &Article) -> String {
    let mut page = String::with_capacity(article.text.len() + 4000);
    head(article, &mut page);
    page.push_str("<body>\n");
    page.push_str(TOP);
    let title = escaped(&article.title);
    let byline = escaped(&article.byline);
    let date = &article.published;
    let top = format!(
        "<main><article>\n<h1>{title}</h1>\n<p class=\"byline\">By {byline}, <time datetime=\"{date}\">{date}</time></p>\n"
    );
    page.push_str(&top);
    for paragraph in article.text.split("\n\n") {
        writeln!(page, "<p>{}</p>", escaped(paragraph)).expect("a String takes everything");
    }
    page.push_str("</article>\n");
    page.push_str(ASIDE);
    page.push_str("</main>\n");
    page.push_str(FOOTER);
    page.push_str("</body></html>\n");
    page
}

fn head(article: &Article, page: &mut String) {
    let data = serde_json::json!({
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.title,
        "datePublished": article.published,
        "inLanguage": article.language,
        "url": article.url,
        "author": { "@type": "Person", "name": article.byline },
        "publisher": { "@type": "Organization", "name": article.outlet },
    });
    // `</` would end the script.
    let data = data.to_string().replace("</", "<\\/");
    let (title, url, outlet) = (escaped(&article.title), escaped(&article.url), escaped(&article.outlet));
    let head = format!(
        "<!DOCTYPE html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\"><title>{title} - {outlet}</title>\n\
         <meta property=\"og:title\" content=\"{title}\"><meta property=\"og:site_name\" content=\"{outlet}\">\n\
         <meta property=\"og:type\" content=\"article\"><link rel=\"canonical\" href=\"{url}\">\n\
         <script type=\"application/ld+json\">{data}</script>\n</head>",
        article.language
    );
    page.push_str(&head);
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 32);
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            _ => escaped.push(letter),
        }
    }
    escaped
}
