"use strict";
// The order board. Orders come over a WebSocket; where that fails, they are asked for every few seconds.

const shown = 12;
const orders = new Map();
const basket = new Map();
const tasks = new Set();
const element = id => document.getElementById(id);
const money = cents => (cents / 100).toLocaleString("en", {style: "currency", currency: "EUR"});
let products = [];

function make(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

async function ask(path, options = {}) {
  const began = performance.now();
  const response = await fetch(path, {headers: {"Content-Type": "application/json"}, ...options});
  element("took").textContent = `${Math.round(performance.now() - began)} ms`;
  served(response.headers.get("X-Served-By"));
  const cache = response.headers.get("X-Cache");
  if (cache) element("cache").textContent = cache;
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(typeof body.detail === "string" ? body.detail : `the shop answered ${response.status}`);
  return body;
}

function served(task) {
  if (!task) return;
  tasks.add(task);
  element("task").textContent = task;
  element("seen").textContent = tasks.size;
}

function say(text, bad) {
  const note = element("note");
  note.textContent = text;
  note.toggleAttribute("data-bad", Boolean(bad));
}

function drawProducts() {
  element("products").replaceChildren(...products.map(product => {
    const amount = make("output", {textContent: basket.get(product.id) || 0});
    const change = by => () => {
      basket.set(product.id, Math.min(99, Math.max(0, (basket.get(product.id) || 0) + by)));
      amount.textContent = basket.get(product.id);
      drawTotal();
    };
    const less = make("button", {type: "button", textContent: "−", onclick: change(-1)});
    const more = make("button", {type: "button", textContent: "+", onclick: change(1)});
    less.setAttribute("aria-label", `one ${product.name} less`);
    more.setAttribute("aria-label", `one ${product.name} more`);
    return make("li", {},
      make("span", {}, product.name, make("em", {textContent: product.origin})),
      make("span", {className: "price", textContent: money(product.cents)}),
      make("span", {className: "amount"}, less, amount, more));
  }));
  drawTotal();
}

function drawTotal() {
  const total = products.reduce((sum, product) => sum + product.cents * (basket.get(product.id) || 0), 0);
  element("total").textContent = total ? `· ${money(total)}` : "";
  element("place").disabled = !total;
}

function ticket(order) {
  const what = order.items.map(item => `${item.quantity} × ${item.name}`).join(", ");
  const made = make("li", {className: "ticket"},
    make("header", {}, make("span", {textContent: order.customer}), make("span", {className: "price", textContent: money(order.cents)})),
    make("p", {textContent: what}));
  const line = make("p", {textContent: `${new Date(order.created_at).toLocaleTimeString("en-GB")} `});
  if (order.receipt) line.append(make("a", {href: "#", textContent: "receipt", onclick: event => openReceipt(event, order.id)}));
  made.append(line);
  return made;
}

async function openReceipt(event, id) {
  event.preventDefault();
  const page = window.open("", "_blank");
  try {
    page.location = (await ask(`/api/orders/${id}`)).receipt_link;
  } catch (problem) {
    page.close();
    say(problem.message, true);
  }
}

function drawBoard() {
  const all = [...orders.values()].sort((one, other) => other.created_at.localeCompare(one.created_at));
  for (const old of all.slice(200)) orders.delete(old.id);
  for (const column of document.querySelectorAll(".column")) {
    const here = all.filter(order => order.status === column.dataset.status);
    column.querySelector("b").textContent = here.length;
    const tickets = here.slice(0, shown).map(ticket);
    if (here.length > shown) tickets.push(make("li", {className: "empty", textContent: `and ${here.length - shown} more`}));
    if (!tickets.length) tickets.push(make("li", {className: "empty", textContent: "nothing here"}));
    column.querySelector("ol").replaceChildren(...tickets);
  }
}

function take(order) {
  const known = orders.get(order.id);
  // News may overtake each other: the later state stands.
  if (!known || known.changed_at <= order.changed_at) orders.set(order.id, order);
}

async function refresh() {
  try {
    (await ask("/api/orders")).forEach(take);
    drawBoard();
    if (!products.length) {
      products = await ask("/api/products");
      drawProducts();
    }
    const info = await ask("/api/info");
    element("version").textContent = info.version;
  } catch (problem) {
    say(problem.message, true);
  }
}

function listen() {
  const link = element("link");
  const set = (state, text) => { link.dataset.state = state; link.textContent = text; };
  const socket = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/ws/orders`);
  socket.onmessage = message => {
    const news = JSON.parse(message.data);
    set("live", "live");
    if (news.hello) {
      served(news.hello);
      refresh();
    } else {
      take(news);
      drawBoard();
    }
  };
  socket.onclose = () => {
    set("down", "asking every few seconds");
    setTimeout(listen, 2000 + Math.random() * 3000);
  };
}

element("order").addEventListener("submit", async event => {
  event.preventDefault();
  const items = [...basket].filter(([, quantity]) => quantity).map(([product, quantity]) => ({product, quantity}));
  element("place").disabled = true;
  try {
    const order = await ask("/api/orders", {method: "POST", body: JSON.stringify({customer: element("customer").value, items})});
    basket.clear();
    drawProducts();
    take(order);
    drawBoard();
    say(`Order ${order.id.slice(0, 8)} is on the board.`);
  } catch (problem) {
    say(problem.message, true);
    drawTotal();
  }
});

element("customer").value = ["Ada", "Grace", "Barbara", "Edsger", "Niklaus", "Margaret"][Math.floor(Math.random() * 6)];
refresh();
listen();
setInterval(refresh, 5000);
