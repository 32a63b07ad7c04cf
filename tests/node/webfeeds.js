// Reads feeds, each as [format, text], and answers what feedsmith makes of its entries
// and what rss-parser does, which knows no JSON Feed: id, title, url, moment of
// publication, authors, and files as [url, type, length].
import { readFileSync } from "node:fs";
import { parseFeed } from "feedsmith";
import Parser from "rss-parser";

const file = (url, type, length) => [url, type, length ?? null];

const smiths = {
  rss: (item) => ({
    id: item.guid?.value,
    title: item.title,
    url: item.link,
    published: item.pubDate,
    authors: item.dc?.creators ?? [],
    files: (item.enclosures ?? []).map((one) => file(one.url, one.type, one.length)),
  }),
  atom: (item) => ({
    id: item.id,
    title: item.title?.value ?? item.title,
    url: item.links.find((one) => one.rel === "alternate").href,
    published: item.published,
    authors: (item.authors ?? []).map((one) => one.name),
    files: item.links
      .filter((one) => one.rel === "enclosure")
      .map((one) => file(one.href, one.type, one.length)),
  }),
  json: (item) => ({
    id: item.id,
    title: item.title,
    url: item.url,
    published: item.date_published,
    authors: (item.authors ?? []).map((one) => one.name),
    files: (item.attachments ?? []).map((one) =>
      file(one.url, one.mime_type, one.size_in_bytes),
    ),
  }),
};

function parsed(item) {
  const one = item.enclosure;
  return {
    id: item.guid ?? item.id,
    title: item.title,
    url: item.link,
    published: item.isoDate,
    authors: [item.creator ?? item.author].filter(Boolean),
    files: one ? [file(one.url, one.type, one.length && Number(one.length))] : [],
  };
}

async function answer([format, text]) {
  const { feed } = parseFeed(text);
  const found = (feed.items ?? feed.entries ?? []).map(smiths[format]);
  if (format === "json") {
    return [found, null];
  }
  const other = await new Parser().parseString(text);
  return [found, other.items.map(parsed)];
}

const cases = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(await Promise.all(cases.map(answer))));
