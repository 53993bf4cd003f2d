// Says on the page that a passkey was not used: given up, or none that fits. allauth would say it to the console.
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  for (const message of document.querySelectorAll("[data-passkey-trouble]")) message.hidden = false;
});
