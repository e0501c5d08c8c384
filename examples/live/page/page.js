"use strict";

// What the server has is only ever shown by textContent and value: it is never read as HTML.

const $ = (id) => document.getElementById(id);
let newest = null; // the newest version, with its entries
let shown = null;  // the version that is shown; the newest, unless somebody has stepped back
let back = false;  // whether somebody has

// request asks the server, and returns what it answers. A write says which version it has seen.
async function request(method, path, body) {
  const headers = {};
  if (method !== "GET") headers["If-Match"] = newest.etag;
  if (body !== undefined) headers["Content-Type"] = "application/json";
  const answer = await fetch("api/" + path, {method, headers, body: body === undefined ? undefined : JSON.stringify(body)});
  const json = await answer.json();
  if (!answer.ok) throw new Error(answer.status + ": " + json.error);
  return json;
}

// attempt does something, and shows what goes wrong.
async function attempt(what) {
  $("error").hidden = true;
  try {
    await what();
  } catch (e) {
    $("error").textContent = e.message;
    $("error").hidden = false;
  }
}

function element(tag, text, ...children) {
  const e = document.createElement(tag);
  if (text !== null) e.textContent = text;
  e.append(...children);
  return e;
}

const text = (v) => v === undefined ? "(none)" : JSON.stringify(v);

function show(version) {
  shown = version;
  back = version.version !== newest.version;
  $("title").textContent = (back ? "Entries, as of version " : "Entries, version ") + version.version;
  $("entries").replaceChildren(...Object.entries(version.entries).map(([key, value]) => {
    const remove = element("button", "Delete");
    remove.disabled = back;
    remove.onclick = () => attempt(() => request("DELETE", "entries/" + encodeURIComponent(key)));
    return element("tr", null, element("td", key), element("td", text(value)), element("td", null, remove));
  }));
  document.querySelector("section").className = back ? "past" : "";
  $("put").hidden = back;
  $("live").disabled = $("restore").disabled = !back;
  $("time").value = version.version;
  $("what").textContent = "version " + version.version + ": " + version.what + ", " + new Date(version.made).toLocaleTimeString();
  $("changes").replaceChildren(...(version.changes || []).map((c) =>
    element("li", c.kind + " " + c.key + ": " + text(c.old) + " \u2192 " + text(c.new))));
}

// refresh fetches the newest version, and shows it unless somebody has stepped back.
async function refresh(number) {
  const [version, kept] = await Promise.all([request("GET", "versions/" + number), request("GET", "versions")]);
  if (newest && newest.etag === version.etag) return;
  newest = version;
  $("time").max = newest.version;
  $("time").min = kept[kept.length - 1].version;
  $("status").textContent = "version " + newest.version + ", " + kept.length + " kept";
  if (back) show(shown); else show(newest);
}

async function take(number) {
  const base = await request("GET", "versions/" + number);
  for (const side of ["ours", "theirs"]) {
    $(side + "Version").value = number;
    $(side).value = JSON.stringify(base.entries, null, 2);
  }
}

// merging returns what is to be merged, as the page has it.
function merging(save) {
  const side = (name) => {
    try {
      return {version: Number($(name + "Version").value), entries: JSON.parse($(name).value)};
    } catch (e) {
      throw new Error(name + " is no JSON: " + e.message);
    }
  };
  const resolve = Object.create(null); // in which every key is one like any other
  for (const chosen of document.querySelectorAll("#conflicts input:checked")) resolve[chosen.name] = chosen.value;
  return {base: Number($("base").value), ours: side("ours"), theirs: side("theirs"), resolve, save};
}

function showMerged(result) {
  $("merged").textContent = JSON.stringify(result.entries, null, 2);
  $("conflicts").hidden = result.conflicts.length === 0;
  $("conflicts").tBodies[0].replaceChildren(...result.conflicts.map((c) =>
    element("tr", null, element("td", c.key), ...["base", "ours", "theirs"].map((side) => {
      const choice = element("input", null);
      choice.type = "radio";
      choice.name = c.key;
      choice.value = side;
      return element("td", null, element("label", null, choice, " " + text(c[side])));
    }))));
  $("save").hidden = false;
}

// forget drops a merge that is not that of the sides any more.
function forget() {
  $("merged").textContent = "";
  $("conflicts").tBodies[0].replaceChildren();
  $("conflicts").hidden = $("save").hidden = true;
}

$("put").onsubmit = (event) => {
  event.preventDefault();
  let value = $("value").value;
  try { value = JSON.parse(value); } catch { /* plain text */ }
  attempt(async () => {
    await request("PUT", "entries/" + encodeURIComponent($("key").value), value);
    event.target.reset();
  });
};
$("time").oninput = () => attempt(async () => show(await request("GET", "versions/" + $("time").value)));
$("live").onclick = () => show(newest);
$("restore").onclick = () => attempt(async () => {
  await request("POST", "restore", {version: shown.version});
  show(newest); // or the one before, if the event with the newest is still to come
});
$("take").onclick = () => attempt(async () => { forget(); await take($("base").value); });
for (const side of ["ours", "theirs"]) {
  $(side).oninput = forget;
  $(side + "Version").onchange = () => attempt(async () => {
    forget();
    $(side).value = JSON.stringify((await request("GET", "versions/" + $(side + "Version").value)).entries, null, 2);
  });
}
$("base").onchange = forget;
$("merge").onclick = () => attempt(async () => { forget(); showMerged(await request("POST", "merge", merging(false))); });
$("save").onclick = () => attempt(async () => { await request("POST", "merge", merging(true)); forget(); });

const events = new EventSource("api/events");
let queue = Promise.resolve(); // one after the other
events.onmessage = (event) => {
  const version = JSON.parse(event.data).version;
  queue = queue.then(() => attempt(() => refresh(version)));
};
events.onerror = () => { $("status").textContent = "not connected"; newest = newest && {...newest, etag: "\"\""}; };
