"use strict";

// What the server has is only ever shown by textContent and value: it is never read as HTML.

const $ = (id) => document.getElementById(id);
let newest = null; // the newest version: its entries are a Map from keys to JSON texts
let shown = null;  // an earlier version that is shown instead, while somebody has stepped back
let kept = [];     // what the server says of each version, the oldest first

// parse reads JSON. A number keeps its digits, where the browser can: 12345678901234567890 is not rounded.
const exact = (_, v, from) => typeof v !== "number" || !JSON.rawJSON || !from || String(v) === from.source ? v : JSON.rawJSON(from.source);
const parse = (text) => JSON.parse(text, exact);
const texts = (entries) => new Map(Object.entries(entries).map(([k, v]) => [k, JSON.stringify(v)]));
const object = (entries) => "{" + [...entries].sort(byKey).map(([k, v]) => JSON.stringify(k) + ":" + v).join() + "}";
const pretty = (text) => JSON.stringify(parse(text), null, 2);
const byKey = ([a], [b]) => a < b ? -1 : 1;

// An Answer is an error that the server has answered with.
class Answer extends Error {
  constructor(status, text) { super(text); this.status = status; }
}

// ask asks the server. body is JSON text. A write says which version it has seen.
async function ask(method, path, body) {
  const headers = method === "GET" ? {} : {"If-Match": newest.etag, "Content-Type": "application/json"};
  let answer, json;
  try {
    answer = await fetch("api/" + path, {method, headers, body});
    json = parse(await answer.text());
  } catch { throw new Answer(503, "The server does not answer."); }
  if (answer.status === 412) throw new Answer(412, "Somebody has made a version meanwhile. Look at it, and try again.");
  if (!answer.ok) throw new Answer(answer.status, sentence(json.error));
  return json;
}

const sentence = (text) => text.charAt(0).toUpperCase() + text.slice(1) + (/[.?!]$/.test(text) ? "" : ".");

// write writes to a version that allowed says is right to write to. If somebody else has made another version meanwhile, it
// looks at that, and tries again.
async function write(method, path, body, allowed = () => {}) {
  for (let tries = 0; ; tries++) {
    allowed();
    try {
      return await ask(method, path, body);
    } catch (e) {
      if (e.status !== 412 || tries === 9) throw e;
      adopt(await ask("GET", "entries"));
    }
  }
}

const entryPath = (key) => "entries/" + encodeURIComponent(key);

// say shows an error where it belongs, or takes it away. What has the wrong value is marked.
function say(place, message, input) {
  place.textContent = message;
  place.hidden = !message;
  if (input) input.setAttribute("aria-invalid", String(!!message));
  if (input && message) input.focus();
}

// attempt does something, and says at the place what goes wrong.
async function attempt(place, what, input) {
  say(place, "", input);
  try { await what(); } catch (e) { sayFailed(place, e, input); }
}

// sayFailed says what went wrong. If it may go right at another time, nothing is wrong with the value.
function sayFailed(place, e, input) {
  const later = e instanceof Answer && (e.status >= 500 || e.status === 412);
  say(place, e.message, later ? null : input);
  place.classList.toggle("later", e.status === 503);
}

function element(tag, attributes, ...children) {
  const e = document.createElement(tag);
  for (const [k, v] of Object.entries(attributes)) e[k] = v;
  e.append(...children.filter((c) => c !== null));
  return e;
}

function button(label, name, onclick) {
  const b = element("button", {type: "button", textContent: label, onclick});
  if (name) b.setAttribute("aria-label", label + " " + name);
  return b;
}

// clipped returns an element with a text, of which the beginning is shown if it is long, and a button for the rest.
function clipped(tag, text) {
  const e = element(tag, {className: "text", textContent: text});
  if (text.length <= 160 && text.split("\n").length <= 4) return [e];
  e.classList.add("clipped");
  const more = button("Show all", "", () => { more.textContent = e.classList.toggle("clipped") ? "Show all" : "Show less"; });
  more.className = "more";
  return [e, more];
}

// valueOf returns the JSON text that what somebody typed stands for: itself, or a string. What begins like JSON and is none is an
// error: nobody wants a string that begins so.
function valueOf(typed) {
  try {
    JSON.parse(typed);
    return typed;
  } catch (e) {
    if (/^\s*[[{"]/.test(typed)) throw new Error("This is no JSON: " + e.message);
    if (!typed.trim()) throw new Error("A value is needed; an empty text is \"\".");
    return JSON.stringify(typed);
  }
}

// --- entries

const rowsNow = new Map();  // from a key of the newest version to what shows it: {li, text, error, editing}
const rowsPast = new Map(); // the same of the version that is shown instead, meanwhile

function showEntries() {
  const version = shown || newest;
  const rows = shown ? rowsPast : rowsNow;
  for (const [key, row] of rows) {
    if (!version.entries.has(key) && !row.editing) rows.delete(key);
  }
  for (const [key, text] of version.entries) {
    const row = rows.get(key);
    if (row && (row.editing || row.text === text)) continue; // an edit is not thrown away because others write
    rows.set(key, rowOf(key, text));
  }
  const lis = [...rows].sort(byKey).map(([, row]) => row.li);
  const list = $("entries");
  lis.forEach((li, i) => { if (list.children[i] !== li) list.insertBefore(li, list.children[i] || null); });
  while (list.children.length > lis.length) list.lastChild.remove();
  $("none").hidden = lis.length > 0;
  $("title").textContent = shown ? "Entries, as of version " + shown.version : "Entries, version " + newest.version;
  $("put").hidden = !!shown;
  $("past").hidden = $("back").hidden = !shown;
  if (shown) $("pastText").textContent = "You see version " + shown.version + ". The newest is " + newest.version + ".";
}

function alertLine() {
  const e = element("p", {className: "error", hidden: true});
  e.setAttribute("role", "alert");
  return e;
}

function rowOf(key, text) {
  const row = {text, editing: false, error: alertLine(), li: element("li", {})};
  row.li.append(element("span", {className: "key", textContent: key}),
    element("div", {className: "shown"}, ...clipped("div", text)));
  if (shown) return row;
  row.li.append(element("span", {className: "acts"},
    button("Edit", key, () => edit(key, row)), button("Delete", key, () => remove(key, row))), row.error);
  return row;
}

async function remove(key, row) {
  try {
    await write("DELETE", entryPath(key), undefined, () => unchanged(key, row, "Delete it again if that is to go."));
  } catch (e) {
    sayFailed((rowsNow.get(key) || {error: $("notice")}).error, e); // what shows it may be another by now
  }
}

// A Conflict is an error that somebody else has changed an entry meanwhile.
class Conflict extends Error {}

// unchanged fails if a row's entry is not what whoever writes it has seen.
function unchanged(key, row, what) {
  const now = newest.entries.get(key);
  if (now === row.text) return;
  row.text = now;
  throw new Conflict(now === undefined ? "Somebody has deleted it meanwhile." : "Somebody has set it to " + short(now) + " meanwhile. " + what);
}

const short = (text) => text.length > 100 ? text.slice(0, 100) + "…" : text;

let edits = 0;

function edit(key, row) {
  row.editing = true;
  const error = alertLine();
  error.id = "editError" + ++edits;
  const area = element("textarea", {value: pretty(row.text), spellcheck: false});
  area.rows = Math.min(area.value.split("\n").length + 1 + Math.floor(area.value.length / 80), 16);
  area.setAttribute("aria-label", "value of " + key);
  area.setAttribute("aria-describedby", error.id);
  const done = () => {
    rowsNow.delete(key);
    showEntries();
    const again = rowsNow.get(key);
    if (again) again.li.querySelector("button:not(.more)").focus();
  };
  const yes = element("button", {textContent: "Save", className: "main"}), no = button("Cancel", "", done);
  const save = () => attempt(error, async () => {
    try {
      await write("PUT", entryPath(key), valueOf(area.value), () => unchanged(key, row, "Which of the two is to stay?"));
    } catch (e) {
      if (e instanceof Conflict) [yes.textContent, no.textContent] = row.text === undefined ? ["Save it nevertheless", "Leave it deleted"] : ["Save mine", "Keep theirs"];
      throw e;
    }
    adopt(await ask("GET", "entries"));
    done();
  }, area);
  const form = element("form", {}, area, error, element("span", {className: "acts"}, yes, no));
  form.onsubmit = (event) => { event.preventDefault(); save(); };
  area.onkeydown = (event) => {
    if (event.key === "Escape") done();
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); save(); }
  };
  row.li.replaceChildren(element("span", {className: "key", textContent: key}), form);
  area.focus();
}

$("put").onsubmit = async (event) => {
  event.preventDefault();
  const key = $("key").value;
  say($("keyError"), "", $("key"));
  say($("valueError"), "", $("value"));
  say($("putError"), "");
  if (!key) return say($("keyError"), "A key is needed.", $("key"));
  if (key === "." || key === "..") return say($("keyError"), "This cannot be part of a path, which a key is.", $("key"));
  const taken = () => { if (newest.entries.has(key)) throw new Conflict("There is an entry with this key: edit it below."); };
  let value;
  try { value = valueOf($("value").value); } catch (e) { return say($("valueError"), e.message, $("value")); }
  try {
    await write("PUT", entryPath(key), value, taken);
    event.target.reset();
    $("key").focus();
  } catch (e) {
    const of = e instanceof Conflict ? "key" : e.status !== 400 && e.status !== 413 ? "put" : /value|body/.test(e.message) ? "value" : "key"; // what is refused
    sayFailed($(of + "Error"), e, of === "put" ? null : $(of));
  }
};

// --- versions

const bytes = (n) => n < 1000 ? n + " bytes" : n < 1e6 ? (n / 1000).toFixed(1) + " kB" : (n / 1e6).toFixed(1) + " MB";
const times = (n) => n >= 9.5 ? Math.round(n) : n.toFixed(1);

function showVersion() {
  const version = shown || newest;
  $("time").value = version.version;
  $("what").textContent = "Version " + version.version + ": " + version.what + ", " + new Date(version.made).toLocaleTimeString();
  $("time").setAttribute("aria-valuetext", "version " + version.version);
  showCost();
  showChanges(version.changes || [], 20);
}

function showCost() {
  const version = shown || newest;
  const of = kept.find((v) => v.version === version.version);
  const cost = of && of.cost;
  $("cost").textContent = !cost ? "" : "It costs " + bytes(cost.bytes) + " of its own; a copied map, " + bytes(cost.copy) +
    (cost.bytes > 0 && cost.copy > cost.bytes ? ", " + times(cost.copy / cost.bytes) + " times as much" : "") + ". " +
    (cost.shared || "None") + " of its " + of.len + " entries are in nodes of the version before.";
  const costs = kept.filter((v) => v.cost);
  const sum = (what) => costs.reduce((n, v) => n + v.cost[what], 0);
  $("total").textContent = costs.length < 2 ? "" : "All " + costs.length + " together: " + bytes(sum("bytes")) + ". As copies: " + bytes(sum("copy")) + ".";
  const most = Math.max(1, ...costs.map((v) => v.cost.bytes)), first = Number($("time").min), span = Math.max(Number($("time").max) - first, 1);
  const width = Math.min(.8, span / 40);
  $("bars").setAttribute("viewBox", "0 0 " + span + " 100");
  $("bars").setAttribute("aria-label", "what each version costs, up to " + bytes(most));
  $("bars").replaceChildren(...costs.map((v) => {
    const bar = document.createElementNS("http:/" + "/www.w3.org/2000/svg", "rect");
    const height = Math.max(2, 100 * v.cost.bytes / most);
    for (const [k, n] of Object.entries({x: v.version - first - width / 2, y: 100 - height, width, height})) bar.setAttribute(k, n);
    if (v.version === version.version) bar.setAttribute("class", "chosen");
    return bar;
  }));
}

function showChanges(changes, most) {
  $("changes").replaceChildren(...changes.slice(0, most).map((c) => element("li", {},
    element("span", {className: "key", textContent: c.key}), " " + c.kind.toLowerCase(),
    ...[["del", c.old], ["ins", c.new]].flatMap(([tag, v]) => v === undefined ? [] : [element("div", {}, ...clipped(tag, JSON.stringify(v)))]))));
  $("allChanges").hidden = changes.length <= most;
  $("allChanges").textContent = "Show all " + changes.length + " changes";
  $("allChanges").onclick = () => showChanges(changes, Infinity);
}

// newestOnly returns a function that runs f, one run after the other. What is asked for while one is under way is one run more, whatever
// the number of times: there is no queue.
function newestOnly(f) {
  let running = false, again = false;
  return async () => {
    again = true;
    if (running) return;
    running = true;
    try {
      while (again) { again = false; await f(); }
    } finally { running = false; }
  };
}

const stepBack = newestOnly(() => attempt($("timeError"), async () => {
  const number = Number($("time").value);
  if (number >= newest.version) return forward();
  const version = await ask("GET", "versions/" + number);
  shown = {...version, entries: texts(version.entries)};
  rowsPast.clear();
  showEntries();
  showVersion();
}));

function forward() {
  shown = null;
  say($("restoreError"), "");
  showEntries();
  showVersion();
}

$("time").oninput = stepBack;
$("live").onclick = forward;
$("restore").onclick = () => attempt($("restoreError"), async () => {
  await ask("POST", "restore", JSON.stringify({version: shown.version}));
  adopt(await ask("GET", "entries"));
  forward();
});

// --- merging

async function take(side, number) {
  const version = await ask("GET", "versions/" + number);
  $(side + "Version").value = number;
  $(side).value = pretty(object(texts(version.entries)));
}

// merging returns what is to be merged, as the page has it; null, if a side is no JSON, which is said there.
function merging(save) {
  const request = {base: Number($("base").value), resolve: Object.create(null), save}; // where every key is one like any other
  for (const chosen of document.querySelectorAll("#conflicts input:checked")) request.resolve[chosen.dataset.key] = chosen.value;
  for (const side of ["ours", "theirs"]) {
    try {
      request[side] = {version: Number($(side + "Version").value), entries: parse($(side).value)};
    } catch (e) {
      say($(side + "Error"), "This is no JSON: " + e.message, $(side));
      return null;
    }
  }
  return JSON.stringify(request);
}

function showMerged(result) {
  $("merged").textContent = JSON.stringify(result.entries, null, 2);
  $("conflicts").replaceChildren(...result.conflicts.map((c, i) => element("fieldset", {},
    element("legend", {textContent: "Both have changed "}, element("span", {className: "key", textContent: c.key})),
    ...["base", "ours", "theirs"].map((side) => element("label", {},
      element("input", {type: "radio", name: "conflict" + i, value: side}),
      element("span", {className: "side", textContent: side}),
      element("span", {className: "text", textContent: c[side] === undefined ? "(none)" : JSON.stringify(c[side])}))))));
  result.conflicts.forEach((c, i) => {
    for (const input of document.getElementsByName("conflict" + i)) input.dataset.key = c.key;
  });
  $("result").hidden = false;
}

// forget drops a merge that is not that of the sides any more.
function forget() {
  for (const of of ["base", "ours", "theirs", "merge", "save"]) say($(of + "Error"), "", $(of));
  $("conflicts").replaceChildren();
  $("result").hidden = true;
}

$("take").onclick = () => {
  chosen = true;
  forget();
  attempt($("baseError"), async () => { for (const side of ["ours", "theirs"]) await take(side, $("base").value); }, $("base"));
};
for (const side of ["ours", "theirs"]) {
  $(side).oninput = forget;
  $(side + "Version").onchange = () => { forget(); attempt($(side + "Error"), () => take(side, $(side + "Version").value), $(side + "Version")); };
}
let chosen = false; // whether somebody has entered a base; before that it is the newest version
$("base").oninput = () => { chosen = true; forget(); };
$("merge").onclick = () => {
  forget();
  const request = merging(false);
  if (request) attempt($("mergeError"), async () => showMerged(await ask("POST", "merge", request)));
};
$("save").onclick = () => {
  const request = merging(true);
  if (request) attempt($("saveError"), async () => { await ask("POST", "merge", request); forget(); });
};

// --- what others write

// adopt makes a version the newest, unless it is older than what is here; or in any case, as a server that has been started again says what there is.
function adopt(version, always = false) {
  if (!always && newest && newest.run === run(version) && newest.version >= version.version) return;
  if (shown && newest.run !== run(version)) shown = null; // of a server that is no more
  newest = {...version, run: run(version), entries: version.entries instanceof Map ? version.entries : texts(version.entries)};
  if (!shown) showEntries();
  else $("pastText").textContent = "You see version " + shown.version + ". The newest is " + newest.version + ".";
}

const run = (version) => version.etag.slice(0, version.etag.indexOf("-")); // of the server, or its file: another begins to count anew

// look asks for what each version costs, and what the newest has changed.
const look = newestOnly(() => attempt($("notice"), async () => {
  const list = await ask("GET", "versions");
  const now = shown ? null : await ask("GET", "versions/newest");
  if (now && now.etag === newest.etag) newest.changes = now.changes;
  kept = list.reverse(); // with its bars and the ends of the slider, all at once
  $("time").min = kept[0].version;
  $("time").max = kept[kept.length - 1].version;
  if (shown) { showCost(); $("time").value = shown.version; } else showVersion();
  await new Promise((done) => setTimeout(done, 200)); // bars need not be faster
}));

let feed = null; // the entries of the last event, whatever else the page has asked for meanwhile

// listen receives events. The browser connects again when it has lost the server, but not when that refuses.
function listen() {
  const events = new EventSource("api/events");
  events.onmessage = (message) => {
    const event = parse(message.data);
    if (event.entries) feed = texts(event.entries); // the first
    else feed = new Map(feed);
    for (const c of event.since === undefined ? [] : event.changes || []) {
      if (c.new === undefined) feed.delete(c.key); else feed.set(c.key, JSON.stringify(c.new));
    }
    adopt({...event, entries: feed, changes: undefined}, !!event.entries);
    finish(event);
  };
  events.onerror = () => {
    $("status").classList.add("off");
    $("status").textContent = "not connected, trying again";
    if (events.readyState === EventSource.CLOSED) setTimeout(listen, 5000);
  };
}

function finish(event) {
  if (!chosen) $("base").value = newest.version;
  $("status").classList.toggle("off", !!event.trouble);
  $("status").textContent = "version " + newest.version + ", " + (newest.version - event.oldest + 1) + " kept" + (event.trouble ? ", read only" : "");
  const trouble = !event.trouble ? "" : "Nothing can be changed now: " + event.trouble + ". You see what this machine has, up to version " + newest.version +
    "; there may be newer ones. This ends by itself, when it can.";
  if ($("trouble").textContent !== trouble) say($("trouble"), trouble);
  if (!trouble) {
    for (const e of document.querySelectorAll(".later:not([hidden])")) {
      e.classList.remove("later");
      e.textContent = "It works again: look at what there is now, and try again.";
    }
  }
  look();
}

listen();
