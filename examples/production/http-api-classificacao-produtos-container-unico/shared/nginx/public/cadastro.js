// The form's behaviour: asks the classifier while one types, fills in the category unless a person has chosen one,
// checks the fields and keeps the products in this browser. The form's words are Portuguese, as its users are.
"use strict";

const WAIT_MS = 300; // after the last key
const SHORTEST = 3; // characters worth asking about
const SURE = 0.6; // below this the suggestion says that it is a guess
const STORE = "produtos-cadastrados";

const form = document.getElementById("cadastro");
const description = form.elements.descricao;
const hint = document.getElementById("sugestao");
const takeHint = document.getElementById("usar-sugestao");
const list = document.getElementById("lista");

let timer;
let asking; // AbortController of the question under way
let suggested = null; // category that the classifier named last
let chosenByPerson = false;

function say(text, failed = false) {
  hint.textContent = text;
  hint.classList.toggle("falha", failed);
}

function showSuggestion({ categoria, probabilidade }) {
  suggested = categoria;
  const percent = `${Math.min(99, Math.round(probabilidade * 100))}%`;
  const words = probabilidade >= SURE ? `${categoria} (${percent} de certeza)` : `talvez ${categoria} (só ${percent} de certeza)`;
  if (!chosenByPerson) form.elements.categoria.value = categoria;
  const differs = form.elements.categoria.value !== categoria;
  takeHint.hidden = !differs;
  say(`Sugestão: ${words}`);
  if (!differs) markError("categoria", false);
}

function forgetSuggestion() {
  suggested = null;
  takeHint.hidden = true;
  if (!chosenByPerson) for (const radio of form.elements.categoria) radio.checked = false;
}

async function ask(text) {
  asking?.abort();
  const mine = (asking = new AbortController());
  try {
    const answer = await fetch("/api/predizer_categoria", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ descricao: text }),
      signal: mine.signal,
    });
    const body = await answer.json();
    if (asking !== mine) return;
    if (!answer.ok) throw new Error(body.erro);
    showSuggestion(body);
  } catch (error) {
    if (mine.signal.aborted) return;
    forgetSuggestion();
    say("Sem sugestão agora: o classificador não respondeu. Escolha você a categoria.", true);
  }
}

function onTyping() {
  clearTimeout(timer);
  const text = description.value.trim();
  if (text) markError("descricao", false);
  if (text.length < SHORTEST) {
    asking?.abort();
    forgetSuggestion();
    say("A sugestão aparece aqui enquanto você escreve.");
    return;
  }
  timer = setTimeout(() => ask(text), WAIT_MS);
}

function markError(name, wrong) {
  document.getElementById(`erro-${name}`).hidden = !wrong;
  const field = form.elements[name];
  if (field instanceof Element) field.setAttribute("aria-invalid", String(wrong));
  return wrong ? (field instanceof Element ? field : field[0]) : null;
}

/** The price in cents, null when the field is empty, NaN when it is not a price. */
function cents(text) {
  const tidy = text.replace(/^R\$/, "").replace(/\s/g, "");
  if (!tidy) return null;
  if (!/^(\d{1,7}|\d{1,3}(\.\d{3}){1,2})(,\d{1,2})?$/.test(tidy)) return NaN;
  return Math.round(Number(tidy.replaceAll(".", "").replace(",", ".")) * 100);
}

function stored() {
  try {
    const products = JSON.parse(localStorage.getItem(STORE) ?? "[]");
    return Array.isArray(products) ? products : [];
  } catch {
    return [];
  }
}

function store(products) {
  try {
    localStorage.setItem(STORE, JSON.stringify(products));
    return true;
  } catch {
    return false;
  }
}

function listItem(product, index) {
  const item = document.createElement("li");
  const name = document.createElement("span");
  name.className = "nome";
  name.textContent = product.descricao;
  const detail = document.createElement("span");
  detail.className = "detalhe";
  const price = product.centavos === null ? "" : ` · ${(product.centavos / 100).toLocaleString("pt-BR", { style: "currency", currency: "BRL" })}`;
  detail.textContent = `${product.categoria}${price} · ${product.quantidade.toLocaleString("pt-BR")} un.`;
  name.append(detail);
  const remove = document.createElement("button");
  remove.type = "button";
  remove.className = "discreto";
  remove.textContent = "Remover";
  remove.setAttribute("aria-label", `Remover ${product.descricao}`);
  remove.addEventListener("click", () => {
    store(stored().filter((_, i) => i !== index));
    showList();
    announce("Produto removido.");
  });
  item.append(name, remove);
  return item;
}

function showList() {
  const products = stored();
  document.getElementById("lista-vazia").hidden = products.length > 0;
  list.replaceChildren(...products.map(listItem));
}

function announce(text) {
  document.getElementById("aviso").textContent = text;
}

function onSubmit(event) {
  event.preventDefault();
  const price = cents(form.elements.preco.value);
  const amount = Number(form.elements.quantidade.value);
  const wrong = [
    markError("descricao", !description.value.trim()),
    markError("categoria", !form.elements.categoria.value),
    markError("preco", Number.isNaN(price)),
    markError("quantidade", !Number.isInteger(amount) || amount < 1 || amount > 99999),
  ].find(Boolean);
  if (wrong) {
    wrong.focus();
    return;
  }
  const product = { descricao: description.value.trim(), categoria: form.elements.categoria.value, centavos: price, quantidade: amount };
  if (!store([product, ...stored()])) {
    say("Este navegador não deixa guardar produtos.", true);
    return;
  }
  clearTimeout(timer);
  asking?.abort();
  form.reset();
  chosenByPerson = false;
  forgetSuggestion();
  say("Cadastrado. Pode escrever o próximo.");
  announce(`${product.descricao} cadastrado.`);
  showList();
  description.focus();
}

description.addEventListener("input", onTyping);
form.addEventListener("submit", onSubmit);
for (const radio of form.elements.categoria) {
  radio.addEventListener("change", () => {
    chosenByPerson = radio.value !== suggested;
    takeHint.hidden = suggested === null || !chosenByPerson;
    markError("categoria", false);
  });
}
takeHint.addEventListener("click", () => {
  chosenByPerson = false;
  form.elements.categoria.value = suggested;
  takeHint.hidden = true;
  description.focus();
});

showList();
if (description.value.trim()) onTyping();
