// <feeds-widget channel="…" view="month">: a widget as a part of the page around it.
// It is built node by node from a JSON tree and styled by constructed sheets, so that it
// works where a site forbids inline styles, and strings that become markup. What stands
// inside the element is shown until there is something better: a link. No cookie, no
// storage, no other host.
(() => {
  "use strict";
  const NAME = "feeds-widget", SVG = "http://www.w3.org/2000/svg";
  if (customElements.get(NAME) || !document.adoptedStyleSheets) return;

  const STYLE = "@style";
  const script = document.currentScript || document.querySelector('script[src*="/embed."]');
  const ORIGIN = new URL(script.src).origin;
  // The attributes that are parameters; the first two hold any number of words.
  const LISTS = ["category", "exclude"];
  const ASKED = [...LISTS, ..."match place language status q from to limit order month event item weeknumbers week theme accent show lang level plain_language".split(" ")];
  const WHERE = ["channel", "view"];

  // All that a tree may hold, whoever sends it.
  const DEEPEST = 50;
  const TAGS = /^(section|header|footer|nav|h[1-6]|p|div|span|a|b|s|i|small|strong|time|table|caption|thead|tbody|tr|t[hd]|[uod]l|li|d[td]|form|input|select|option|button|label|fieldset|legend|details|summary|figure|figcaption|img|svg|path|circle|g|title|text)$/;
  const ATTRIBUTES = /^(aria-[a-z]+|data-[a-z]+\d*|class|part|id|href|rel|target|lang|dir|datetime|role|scope|headers|colspan|rowspan|src|alt|width|height|loading|decoding|type|name|value|checked|selected|for|action|method|placeholder|maxlength|hidden|tabindex|title|open|download|readonly|referrerpolicy|viewBox|d|c[xy]|[rxy]|fill-rule|focusable|text-anchor|preserveAspectRatio)$/;
  const ADDRESSES = {
    href: /^(https?:\/\/|webcal:|mailto:|tel:|#)/,
    action: /^https?:\/\//,
    src: /^https:\/\//,
  };
  const ACCENT = /^(#[0-9a-f]{6}) (#[0-9a-f]{6}) (#[0-9a-f]{6}) (#[0-9a-f]{6})$/;
  const SHADE = /^(#[0-9a-f]{6}) (#[0-9a-f]{6}) ([a-z0-9-]+)$/;
  // What a style sheet must not hold: it reaches no address, and nothing but the inside.
  const OUTWARD = /url|-set|src|\\|\/\*|host|scope|&/i;
  const SORRY = {
    de: "Dieser Inhalt lässt sich gerade nicht laden.",
    en: "This content can’t be loaded right now.",
    tr: "Bu içerik şu anda yüklenemiyor.",
    uk: "Цей вміст зараз не завантажується.",
    ar: "لا يمكن تحميل هذا المحتوى الآن.",
    pl: "Nie można teraz wczytać tej treści.",
    fr: "Ce contenu ne peut pas être chargé pour le moment.",
  };

  const make = (node, space, depth = 0) => {
    if (typeof node === "string") return node;
    const [tag, attributes, ...children] = node;
    if (!TAGS.test(tag) || depth > DEEPEST) return "";
    const here = tag === "svg" ? SVG : space;
    const element = here ? document.createElementNS(here, tag) : document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (!ATTRIBUTES.test(name) || (ADDRESSES[name] && !ADDRESSES[name].test(value))) continue;
      element.setAttribute(name, value);
    }
    element.append(...children.map(child => make(child, here, depth + 1)));
    return element;
  };

  const sheet = text => {
    const made = new CSSStyleSheet();
    made.replaceSync(text);
    return made;
  };

  // Colours are known by their form before they come near a style sheet.
  const rules = data => {
    let text = data.style && !OUTWARD.test(data.style) ? data.style : "";
    for (const [name, value] of Object.entries(data)) {
      const tint = name === "accent" && ACCENT.exec(value);
      const shade = /^c\d+$/.test(name) && SHADE.exec(value);
      if (tint) text += `:host{--_accent:var(--feeds-accent,light-dark(${tint[1]},${tint[2]}));--_on-accent:var(--feeds-on-accent,light-dark(${tint[3]},${tint[4]}))}`;
      if (shade) text += `.${name}{--c:var(--feeds-cat-${shade[3]},light-dark(${shade[1]},${shade[2]}))}`;
    }
    return text;
  };

  // How to find in the next tree what has the focus in this one.
  const trace = element => {
    const name = ["id", "rel", "name", "class"].find(one => element.getAttribute(one));
    return element.localName + (name ? `[${name}="${CSS.escape(element.getAttribute(name))}"]` : "");
  };

  const isPlain = event => !(event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);

  let common;

  customElements.define(NAME, class extends HTMLElement {
    static observedAttributes = [...WHERE, ...ASKED];
    #root;
    #live;
    #turn = 0;
    #isBegun = false;
    #isDue = false;

    connectedCallback() {
      if (this.#isBegun) return;
      this.#isBegun = true;
      if (this.shadowRoot) return this.#open(this.shadowRoot);
      const height = parseInt(this.getAttribute("height"), 10);
      if (height > 0) this.style.minHeight = `${Math.min(height, 6000)}px`;
      this.#ask();
    }

    // However many attributes change at once, it is one question.
    attributeChangedCallback(name, before, after) {
      if (this.#isBegun && before !== after) this.#ask();
    }

    #ask() {
      if (this.#isDue) return;
      this.#isDue = true;
      queueMicrotask(() => {
        this.#isDue = false;
        this.#load(this.#address());
      });
    }

    #address() {
      const query = new URLSearchParams();
      for (const name of ASKED) {
        const value = this.getAttribute(name) || "";
        const values = LISTS.includes(name) ? value.split(/[\s,]+/) : [name === "lang" ? value.split("-")[0] : value];
        for (const one of values) if (one) query.append(name, one);
      }
      const [channel, view] = WHERE.map(name => encodeURIComponent(this.getAttribute(name) || "month"));
      return `/embed/${channel}/${view}.json?${query}`;
    }

    // The latest question wins, whichever answer comes last.
    async #load(address, isAsked) {
      const turn = ++this.#turn;
      let section;
      this.ariaBusy = "true";
      try {
        const answer = await fetch(ORIGIN + address, { credentials: "omit", referrerPolicy: "no-referrer" });
        section = answer.ok && make(await answer.json());
      } catch {
        section = null;
      }
      if (turn !== this.#turn) return;
      if (!this.#root) this.#open(this.attachShadow({ mode: "open" }));
      if (section && section.localName === "section") this.#show(section, isAsked);
      else this.#fail();
      this.style.minHeight = "";
      this.ariaBusy = null;
    }

    #open(root) {
      this.#root = root;
      this.#live = make(["p", { role: "status", class: "vh" }]);
      this.#dress(root.querySelector("section"));
      root.append(this.#live);
      root.addEventListener("click", event => this.#follow(event));
      root.addEventListener("submit", event => this.#submit(event));
    }

    #dress(section) {
      common = common || sheet(STYLE);
      this.#root.adoptedStyleSheets = [common, sheet(section ? rules(section.dataset) : "")];
      if (section) delete section.dataset.style;
    }

    #show(section, isAsked) {
      const root = this.#root, focused = root.activeElement;
      this.#dress(section);
      for (const old of [...root.children]) if (old !== this.#live) old.remove();
      root.prepend(section);
      this.#live.className = "vh";
      this.#live.textContent = isAsked ? section.dataset.status : "";
      if (focused) this.#focus(root.querySelector(trace(focused)));
    }

    #fail() {
      const page = this.closest("[lang]");
      if (!this.#root.querySelector("section,slot")) this.#root.prepend(document.createElement("slot"));
      this.#live.className = "";
      this.#live.textContent = SORRY[page && page.lang.slice(0, 2)] || SORRY.de;
    }

    // The focus goes on where it was, or to the whole: never back to the page's start.
    #focus(element) {
      if (element) element.focus({ preventScroll: true });
      if (element && this.#root.activeElement === element) return;
      const whole = element && element.closest("[id]") === element ? element : this.#root.firstElementChild;
      whole.tabIndex = -1;
      whole.focus({ preventScroll: whole !== element });
    }

    #follow(event) {
      const link = event.target.closest("a[href]");
      if (!link || !this.#root.contains(link) || !isPlain(event)) return;
      const address = link.getAttribute("href");
      if (address[0] === "#") {
        event.preventDefault();
        this.#focus(this.#root.getElementById(address.slice(1)));
      } else if (link.getAttribute("target") === "_self") this.#go(event, address);
    }

    // What stands in the page can send to it with its cookies: a question, nothing more.
    #submit(event) {
      const form = event.target;
      if (form.getAttribute("method") !== "get") return event.preventDefault();
      const given = [...new FormData(form)].filter(([, value]) => value);
      this.#go(event, form.getAttribute("action"), `?${new URLSearchParams(given)}`);
    }

    // The tree may name another host of the same service: it is asked where we are from.
    #go(event, text, query) {
      if (!URL.canParse(text)) return event.preventDefault();
      const address = new URL(text);
      if (!address.pathname.startsWith("/embed/")) return;
      event.preventDefault();
      this.#load(`${address.pathname}.json${query || address.search}`, true);
    }
  });

  // For systems that leave out what they don't know.
  const seen = new WeakSet();
  const adopt = () => {
    for (const div of document.querySelectorAll("div[data-feeds-widget]")) {
      if (seen.has(div)) continue;
      seen.add(div);
      const element = document.createElement(NAME);
      for (const name of [...WHERE, ...ASKED, "height"]) {
        const value = div.getAttribute(`data-${name}`);
        if (value) element.setAttribute(name, value);
      }
      element.append(...div.childNodes);
      div.append(element);
    }
  };
  const begin = () => {
    adopt();
    new MutationObserver(adopt).observe(document, { childList: true, subtree: true });
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})();
