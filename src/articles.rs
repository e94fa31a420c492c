//! Which units make an article: a headline block before or after its text, with bylines, paragraphs and captions.

use crate::units::{Article, Unit};

/// Groups the units of a page, into `articles`.
pub(crate) fn group(_text: &str, units: &[Unit], articles: &mut Vec<Article>) {
    let mut article = Article::default();
    for (n, unit) in units.iter().enumerate() {
        match unit.role {
            r if r.is_furniture() => {}
            r if r.is_headline() => {
                if !article.body.is_empty() {
                    articles.push(std::mem::take(&mut article));
                }
                article.headline.push(n);
            }
            _ => article.body.push(n),
        }
    }
    if article != Article::default() {
        articles.push(article);
    }
}
