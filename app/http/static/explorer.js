"use strict";

const form = document.getElementById("explorer");
const answer = document.getElementById("answer");
const field = (name) => document.getElementById(name).value;

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  answer.textContent = "…";
  try {
    const headers = { "Content-Type": "application/json" };
    if (field("token")) headers.Authorization = `Bearer ${field("token")}`;
    const variables = JSON.parse(field("variables") || "{}");
    const response = await fetch("/graphql", {
      method: "POST",
      headers,
      body: JSON.stringify({ query: field("query"), variables }),
    });
    answer.textContent = JSON.stringify(await response.json(), null, 2);
  } catch (error) {
    answer.textContent = String(error);
  }
});
